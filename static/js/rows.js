// <section data-rows>: what is chosen in it ([data-in-place] links and forms) is fetched and put in its place, so that the
// reader stays where he is; what was found is said aloud in [data-announce]. "More rows" ([data-more]) adds the next page's
// rows below. The address is the state: back, forward and reload show what it says. Anything unexpected is left to the browser.
import { season } from "./behaviours.js";

const room = () => document.querySelector("[data-rows]");
let asked;
let shown = location.pathname + location.search;

async function page(url) {
  asked?.abort();
  asked = new AbortController();
  room().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { accept: "text/html" }, signal: asked.signal });
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = read.querySelector("[data-rows]");
    if (!found || (!answer.ok && answer.status !== 422)) throw new Error(answer.statusText);
    return [read, found];
  } finally {
    room().removeAttribute("aria-busy");
  }
}

const announce = (words) => (document.querySelector("[data-announce]").textContent = words);

async function show(url, push) {
  const focused = document.activeElement?.id;
  const open = [...room().querySelectorAll("details.fold[open]")].map((fold) => fold.id);
  try {
    const [read, found] = await page(url);
    if (push) history.pushState(null, "", url);
    shown = location.pathname + location.search;
    document.title = read.title;
    room().replaceChildren(...found.childNodes);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
    return;
  }
  for (const id of open) document.getElementById(id).open = true;
  (document.getElementById(focused) ?? document.getElementById("rows-title")).focus({ preventScroll: true });
  season(room());
  announce(room().querySelector("[data-said]")?.textContent ?? "");
}

async function more(link) {
  try {
    const [, found] = await page(link.href);
    const table = room().querySelector(".sides");
    const first = found.querySelector("[data-item]");
    for (const group of found.querySelectorAll("[data-group]")) {
      const last = table.lastElementChild;
      if (last.dataset.group !== group.dataset.group) table.append(group);
      else last.append(...group.querySelectorAll("[data-item]"));
    }
    const pager = found.querySelector(".pager");
    pager.querySelector("[rel=prev]")?.remove();
    const number = table.querySelectorAll("[data-item]").length;
    pager.querySelector("[data-shown]").textContent = number;
    link.closest(".pager").replaceWith(pager);
    first.tabIndex = -1;
    (first.offsetParent ? first : folder(first)).focus();
    announce(`${number} rows shown`);
    return true;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(link.href);
    return false;
  }
}

// What folds a row's group away, and unfolds it.
const folder = (row) => row.closest("[data-group]").querySelector(".group-fold > summary");

// A row that an address names and that stands on a later page is fetched.
async function reach() {
  const name = location.hash.slice(1);
  if (!/^row-\d+$/.test(name)) return;
  while (!document.getElementById(name)) {
    const link = room().querySelector("[data-more]");
    if (!link || !(await more(link))) return;
  }
  const row = document.getElementById(name);
  if (!row.offsetParent) folder(row).parentElement.open = true; // fetched after the address was followed: no target for the looks
  row.scrollIntoView();
}

let started = false;

export function start() {
  if (started) return;
  started = true;
  const plain = (event) => !event.defaultPrevented && !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-rows] a[href]");
    if (!link || !plain(event) || !link.closest("[data-in-place], [data-more]")) return;
    event.preventDefault();
    if (link.matches("[data-more]")) more(link);
    else show(link.href, true);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-rows] [data-in-place]") || event.defaultPrevented) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form));
    show(query.size ? `${form.action}?${query}` : form.action, true);
  });
  addEventListener("popstate", () => {
    if (shown !== location.pathname + location.search) show(location.href, false); // not for a #row of this page
  });
  if (!document.getElementById(location.hash.slice(1))) reach();
}
