// <div data-import="/imports/…">: the job's progress as it happens, from a stream of events. At the end the page's content is
// fetched and put in place, and its heading takes the focus, so that it is read out. Without script the page reloads.
export function start(rooms) {
  for (const room of rooms) {
    if (room.hasAttribute("data-over")) continue;
    const say = room.querySelector("[data-say]");
    const bar = room.querySelector("progress");
    const events = new EventSource(`${room.dataset.import}/events`);
    events.addEventListener("message", async ({ data }) => {
      const now = JSON.parse(data);
      if (say.textContent !== now.say) say.textContent = now.say;
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
      } else bar.removeAttribute("value");
      if (now.state !== "finished" && now.state !== "stopped") return;
      events.close();
      const answer = await fetch(room.dataset.import, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const content = page.querySelector("#main > *");
      document.title = page.title;
      room.replaceWith(content);
      content.querySelector("h1")?.focus();
    });
    addEventListener("pagehide", () => events.close());
  }
}
