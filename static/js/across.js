// <div data-across> before a table of more columns than fit: says which of them are in view, and its buttons go one on or back.
let room;
let place;

const rest = () => room.scrollWidth - room.clientWidth;

function heads() {
  const all = [...room.querySelectorAll(".column-head")];
  const left = room.getBoundingClientRect().left + parseFloat(getComputedStyle(room).scrollPaddingInlineStart || 0);
  const right = room.getBoundingClientRect().right;
  const seen = all.filter((head) => {
    const box = head.getBoundingClientRect();
    return (box.left >= left - 2 || getComputedStyle(head).position === "sticky") && box.left + box.width * 0.6 <= right;
  });
  return [all, seen];
}

function say() {
  const [all, seen] = heads();
  const words = all.length > seen.length && seen.length ? `${seen.length} of ${all.length} columns in view` : `${all.length} columns`;
  const said = place.querySelector("[data-across-said]");
  if (said.textContent !== words) said.textContent = words;
  for (const button of place.querySelectorAll("[data-across-to]")) {
    button.disabled = Number(button.dataset.acrossTo) < 0 ? room.scrollLeft < 2 : room.scrollLeft > rest() - 2;
  }
}

export function start([found]) {
  place = found;
  room = place.nextElementSibling;
  place.querySelector("[data-across-ways]").hidden = false;
  place.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-across-to]");
    if (button) room.scrollBy({ left: Number(button.dataset.acrossTo) * room.querySelector(".column-head").offsetWidth, behavior: "auto" });
  });
  room.addEventListener("scroll", say, { passive: true });
  new ResizeObserver(say).observe(room);
}
