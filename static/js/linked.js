// <div data-linked> of two [data-pane] texts: a passage that is chosen ([data-passage], with [data-counterparts] in the other) is
// lit with its counterpart, which is scrolled to the same height; chosen again, it goes on to the next one. What stands
// there is read out. Where the texts stand below each other, the link itself leads there.
const pieces = (id) => [...document.querySelectorAll(`[data-passage="${id}"]`)];
const words = (id) => pieces(id).map((piece) => piece.textContent).join("").trim();

let chosen;
let turn = 0;

function light(here, there) {
  for (const lit of document.querySelectorAll(".is-chosen, .is-counterpart")) lit.classList.remove("is-chosen", "is-counterpart");
  for (const piece of pieces(here)) piece.classList.add("is-chosen");
  for (const piece of pieces(there)) piece.classList.add("is-counterpart");
}

function follow(link) {
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
  if (pane.scrollHeight <= pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "auto") return false;
  pane.scrollBy({ top: target.getBoundingClientRect().top - link.getBoundingClientRect().top });
  pieces(there)[0]?.scrollIntoView({ block: "nearest" }); // near its ends a text cannot be scrolled so far
  return true;
}

export function start([room]) {
  room.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const piece = event.target.closest("[data-passage]");
    const link = piece && pieces(piece.dataset.passage).find((found) => found.matches("a"));
    if (link && follow(link)) event.preventDefault();
  });
}
