// Shows what lies under the pointer on a heat strip; the page is complete without it.
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

  function words(svg, event) {
    const [left, top, width, height, step] = JSON.parse(svg.dataset.geometry);
    const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const row = svg.rows[Math.floor((spot.y - top) / height)];
    if (!row || spot.x < left) return "";
    const [day, columns, need, have] = row;
    const column = Math.floor((spot.x - left) / width);
    const found = columns.flatMap((value, k) => (value === column ? [k] : []));
    if (!found.length) return "";
    const lower = (spot.y - top) % height > height / 2;
    const k = found[lower ? found.length - 1 : 0];
    return `${day} ${clock(column * step)}: required ${need[k]}, rostered ${have[k]}`;
  }

  for (const svg of document.querySelectorAll("svg.heat")) {
    svg.rows = JSON.parse(svg.dataset.rows);
    svg.addEventListener("mousemove", (event) => {
      tip.textContent = words(svg, event);
      tip.hidden = !tip.textContent;
      tip.style.left = `${Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
      tip.style.top = `${event.clientY + 16}px`;
    });
    svg.addEventListener("mouseleave", () => { tip.hidden = true; });
  }
})();
