"""M/M/50+M in Ciw and in SimPy, told by the same parameters; run with an interpreter that has them."""

import json
import random
import sys
from importlib.util import find_spec
from time import perf_counter, process_time


def ciw_run(per_second: float, aht: float, patience: float, agents: int, seconds: float) -> tuple[int, int]:
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(per_second)],
        service_distributions=[ciw.dists.Exponential(1 / aht)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
        number_of_servers=[agents],
    )
    ciw.seed(1)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(seconds)
    records = simulation.get_all_records()
    return len(records), sum(row.record_type == "renege" for row in records)


def simpy_run(per_second: float, aht: float, patience: float, agents: int, seconds: float) -> tuple[int, int]:
    import simpy

    rng, environment = random.Random(1), simpy.Environment()
    desk, left = simpy.Resource(environment, agents), [0, 0]

    def contact():
        with desk.request() as place:
            got = yield place | environment.timeout(rng.expovariate(1 / patience))
            if place in got:
                yield environment.timeout(rng.expovariate(1 / aht))
            else:
                left[1] += 1

    def source():
        while True:
            yield environment.timeout(rng.expovariate(per_second))
            left[0] += 1
            environment.process(contact())

    environment.process(source())
    environment.run(seconds)
    return left[0], left[1]


if __name__ == "__main__":
    arguments = json.loads(sys.argv[1])
    for name, run in (("ciw", ciw_run), ("simpy", simpy_run)):
        if find_spec(name) is None:
            print(json.dumps({"name": name, "absent": f"{sys.executable} has no package {name}"}))
            continue
        wall, busy = perf_counter(), process_time()
        contacts, abandoned = run(**arguments)
        wall, busy = perf_counter() - wall, process_time() - busy
        print(json.dumps({"name": name, "contacts": contacts, "abandoned": abandoned, "wall": wall, "busy": busy}))
