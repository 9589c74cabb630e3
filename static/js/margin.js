// <div data-margin> with [data-claim] in its text and <details data-note> beside it: a claim that is pointed at or focused is
// lit together with its note, which opens while it lasts; on a wide screen each note stands at the height of its claim.
const WIDE = matchMedia("(width >= 62rem)");
const GAP = 10;

export function start(rooms) {
  for (const room of rooms) margin(room);
}

function margin(room) {
  const notes = [...room.querySelectorAll("[data-note]")];
  const parts = (id) => room.querySelectorAll(`[data-claim="${id}"], [data-note="${id}"]`);
  let peeked = null; // the note that is open only while its claim is pointed at

  function place() {
    if (!WIDE.matches) return room.classList.remove("is-aligned");
    room.classList.add("is-aligned");
    const top = room.getBoundingClientRect().top;
    let free = 0;
    for (const note of notes) {
      const claim = room.querySelector(`[data-claim="${note.dataset.note}"]`);
      const at = claim ? claim.getClientRects()[0].top - top : free;
      const y = Math.max(at, free);
      note.style.setProperty("--at", `${y}px`);
      free = y + note.offsetHeight + GAP;
    }
    room.style.setProperty("--margin-end", `${free}px`);
  }

  function light(id) {
    for (const part of parts(id)) part.classList.add("is-lit");
    const note = room.querySelector(`[data-note="${id}"]`);
    if (note && WIDE.matches && !note.open) {
      peeked = note;
      note.open = true;
    }
  }

  function unlight(id) {
    for (const part of parts(id)) part.classList.remove("is-lit");
    if (peeked?.dataset.note !== id) return;
    peeked.open = false;
    peeked = null;
  }

  const idOf = (event) => event.target.closest?.("[data-claim]")?.dataset.claim ?? event.target.closest?.("[data-note]")?.dataset.note;
  const lit = new Map(); // id -> ways in which it is lit: pointer, focus

  function change(id, way, on) {
    if (!id) return;
    const ways = lit.get(id) ?? new Set();
    if (on) ways.add(way);
    else ways.delete(way);
    lit.set(id, ways);
    if (ways.size && on) light(id);
    else if (!ways.size) unlight(id);
  }

  room.addEventListener("pointerover", (e) => e.pointerType !== "touch" && change(idOf(e), "pointer", true));
  room.addEventListener("pointerout", (e) => e.pointerType !== "touch" && change(idOf(e), "pointer", false));
  room.addEventListener("focusin", (e) => change(idOf(e), "focus", true));
  room.addEventListener("focusout", (e) => change(idOf(e), "focus", false));
  // What a reader opens stays open; the notes below make room.
  room.addEventListener("click", (e) => {
    const note = e.target.closest("summary")?.parentElement;
    if (note && note === peeked) {
      peeked = null;
      e.preventDefault();
      place();
    }
    if (e.target.closest("[data-claim]")) peeked = null;
  });
  room.addEventListener("toggle", (e) => e.target !== peeked && place(), true);
  WIDE.addEventListener("change", place);
  new ResizeObserver(place).observe(room.querySelector("p") ?? room);
  place();
  room.querySelector(":target")?.scrollIntoView({ block: "center" }); // notes that left the text have moved it
}
