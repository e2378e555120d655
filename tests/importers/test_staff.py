"""Staff sheets from other systems: what becomes of their columns, and what is told about them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from wfm.domain import InputError
from wfm.importers import read_staff

Write = Callable[..., Path]


def test_a_spanish_sheet_becomes_a_workforce(write: Write) -> None:
    text = (
        "Código empleado;Nombre;Contrato;Horas semana;Sede;Fecha alta;Menor;Habilidades;Rol;Coste hora\n"
        "E1;Ana;Completo;40;Madrid;01/02/2024;no;phone, chat;sme;18,50\n"
        "E2;Bea;Completo;40;Madrid;;si;phone;;18,50\n"
        "E3;Çarla;Parcial;25;Madrid;;;phone;;17\n"
    )
    workforce, findings = read_staff(write(text))
    assert [contract.name for contract in workforce.contracts] == ["completo", "parcial"]
    assert workforce.contract_of("E1").week_minutes == 2_400
    assert workforce.contract_of("E1").cost_hour_cents == 1_850
    assert workforce.by_id["E1"].skills == ("phone", "chat")
    assert workforce.by_id["E1"].employed_from == date(2024, 2, 1)
    assert [role.name for role in workforce.roles] == ["sme"]
    assert any("Under 18: E2" in line for line in findings)
    assert [agent.minor for agent in workforce.agents] == [False, True, False]
    assert {agent.site for agent in workforce.agents} == {"madrid"}


def test_team_and_days_at_home_are_read(write: Write) -> None:
    workforce, findings = read_staff(write("employee_id,team,remote_days\n1,Level 1,mon; fri\n2,,\n"))
    assert [(agent.team, agent.home_weekdays) for agent in workforce.agents] == [("level-1", (0, 4)), (None, ())]
    assert not [line for line in findings if "not used" in line]


def test_a_contract_name_with_several_hours_becomes_several_contracts(write: Write) -> None:
    workforce, _ = read_staff(
        write("employee_id,contract,hours_week,cost_hour\n1,part,20,15\n2,part,30,15\n3,part,30,16\n")
    )
    assert [contract.name for contract in workforce.contracts] == ["part-20h", "part-30h", "part-30h-2"]
    assert [contract.week_minutes for contract in workforce.contracts] == [1_200, 1_800, 1_800]


def test_hours_come_from_fte_and_are_assumed_where_nothing_is_told(write: Write) -> None:
    workforce, findings = read_staff(write("employee_id,fte\n1,0.5\n2,\n"))
    assert [workforce.contract_of(agent).week_minutes for agent in ("1", "2")] == [1_200, 2_400]
    assert any("1 agent (2): 40 h assumed" in line for line in findings)


def test_all_faults_of_a_sheet_are_told_with_line_and_its_own_headers(write: Write) -> None:
    text = "Employee ID,Weekly hours,Start date\nE1,forty,\nE1,40,soon\n,40,\nE4,0,\n"
    with pytest.raises(InputError) as caught:
        read_staff(write(text))
    places = {(fault.line, fault.column) for fault in caught.value.faults}
    assert places == {
        (2, "Weekly hours"),
        (3, "Start date"),
        (3, "Employee ID"),
        (4, "Employee ID"),
        (5, "Weekly hours"),
    }


def test_a_workbook_with_absences_gives_time_off(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    book = openpyxl.Workbook()
    people = book.active
    assert people is not None
    people.append(["employee_id", "name", "contract", "hours_week", "start_date", "skills"])
    people.append([7, "Ana", "full", 37.5, date(2024, 1, 5), "phone; chat"])
    absences = book.create_sheet("absences")
    absences.append(["employee_id", "type", "from", "to"])
    absences.append([7, "holiday", date(2026, 1, 5), date(2026, 1, 9)])
    book.save(path)
    workforce, _ = read_staff(path)
    assert workforce.by_id["7"].employed_from == date(2024, 1, 5)
    assert workforce.contract_of("7").week_minutes == 2_250
    assert [(row.agent, row.first, row.last, row.kind) for row in workforce.time_off] == [
        ("7", date(2026, 1, 5), date(2026, 1, 9), "holiday")
    ]


def test_a_file_without_employees_says_what_was_expected(write: Write) -> None:
    with pytest.raises(InputError, match="employee_id"):
        read_staff(write("date,calls\n2026-01-01,5\n"))
    with pytest.raises(InputError, match="employee_id"):
        read_staff(write("employee_id,name\n"))
