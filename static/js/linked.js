// <div data-linked> of two [data-pane] texts: a passage that is chosen ([data-passage], with [data-counterparts] in the other) is
// lit with its counterpart. Where the texts stand side by side, the other is scrolled to the same height; where they stand below
// each other, a sheet at the foot ([data-counterpart]) shows the counterpart's words and leads there. Chosen again, it goes on to
// the next one. What stands there is read out.
const pieces = (id) => [...document.querySelectorAll(`[data-passage="${id}"]`)];
const words = (id) => pieces(id).map((piece) => piece.textContent).join("").trim();
const linkOf = (id) => pieces(id).find((found) => found.matches("a"));

let chosen;
let turn = 0;

function light(here, there) {
  for (const lit of document.querySelectorAll(".is-chosen, .is-counterpart")) lit.classList.remove("is-chosen", "is-counterpart");
  for (const piece of pieces(here)) piece.classList.add("is-chosen");
  for (const piece of pieces(there)) piece.classList.add("is-counterpart");
}

function follow(link, sheet, byKey) {
  const id = link.dataset.passage;
  const others = link.dataset.counterparts.split(" ");
  turn = chosen === id ? turn + 1 : 0;
  chosen = id;
  const there = others[turn % others.length];
  const target = document.getElementById(`c${there}`);
  const pane = target?.closest("[data-pane]");
  if (!pane) return false;
  light(id, there);
  document.querySelector("[data-linked-said]").textContent = `In ${pane.dataset.pane}: ${words(there)}`;
  if (getComputedStyle(pane).overflowY !== "auto") {
    show(sheet, link, pane, there, others.length, byKey);
    return true;
  }
  sheet.hidden = true;
  pane.scrollBy({ top: target.getBoundingClientRect().top - link.getBoundingClientRect().top });
  pieces(there)[0]?.scrollIntoView({ block: "nearest" }); // near its ends a text cannot be scrolled so far
  return true;
}

function show(sheet, link, pane, there, count, byKey) {
  const part = (name) => sheet.querySelector(`[data-${name}]`);
  part("where").textContent = `In ${pane.dataset.pane}`;
  part("verdict").textContent = link.dataset.verdictSaid;
  part("words").textContent = words(there);
  part("words").lang = pane.querySelector("[lang]")?.lang ?? "";
  part("go").setAttribute("href", `#c${there}`);
  part("more").hidden = count < 2;
  part("more").textContent = `Next (${(turn % count) + 1} of ${count})`;
  sheet.hidden = false;
  const covered = link.getBoundingClientRect().bottom + 16 - sheet.getBoundingClientRect().top;
  if (covered > 0) window.scrollBy({ top: covered });
  if (byKey) part("go").focus();
}

export function start([room]) {
  const sheet = document.querySelector("[data-counterpart]");
  if (!sheet) return;
  const close = () => {
    sheet.hidden = true;
    linkOf(chosen)?.focus({ preventScroll: true });
  };
  room.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const piece = event.target.closest("[data-passage]");
    const link = piece && linkOf(piece.dataset.passage);
    if (link && follow(link, sheet, event.detail === 0)) event.preventDefault();
  });
  sheet.querySelector("[data-close]").addEventListener("click", close);
  sheet.querySelector("[data-more]").addEventListener("click", () => follow(linkOf(chosen), sheet, false));
  sheet.querySelector("[data-go]").addEventListener("click", (event) => {
    const there = event.currentTarget.hash.slice(2);
    sheet.hidden = true;
    setTimeout(() => linkOf(there)?.focus({ preventScroll: true })); // after the browser has gone there
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !sheet.hidden) close();
  });
}
