// <div data-progress="/classes/…">: looks at that page again every few seconds, while the page is in view, and shows how far the
// groups are. Without script there is a link to look again.
const EVERY = 4000;

export function start(rooms) {
  for (const room of rooms) {
    setInterval(async () => {
      if (document.hidden || room.contains(document.activeElement)) return;
      const answer = await fetch(room.dataset.progress, { headers: { accept: "text/html" } }).catch(() => null);
      if (!answer?.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-progress]");
      if (!now) location.assign(room.dataset.progress); // it was revealed, or has ended
      else if (now.innerHTML !== room.innerHTML) room.replaceChildren(...now.childNodes);
    }, EVERY);
  }
}
