/* What a page shows many times is measured once or twice. An element that stands after one of its own kind is taken out when all that is
   in it has been seen twice at such a place; colours are looked at where `data-drawn` is set, on the first of each kind that holds words.
   What this gives puts all of it back.

   Of one kind are elements of the same name, class, role and state, in a parent of one kind, with children of the same kinds. Two stay,
   so that each has a neighbour of its own kind beside it. Cells stay, for they stand under their heads, and so does what something
   outside it names by its id.

   Given up: a third of a kind whose words alone make it wrong: a name that only it has again, words so long that only they reach what
   is beside them. That nothing is too wide, and nothing too small to be hit, is asked of whole pages (`fits`, `test_pages.py`); that no
   sheet colours by place among siblings, in `tests/web/test_pages_contrast.py`. */
() => {
  const VALUES = ["class", "type", "role", "style", "lang", "dir", "colspan", "aria-current", "aria-invalid", "aria-expanded", "aria-pressed"];
  const NAMES = ["for", "list", "form", "headers", "href", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"];
  const all = [...document.querySelectorAll("body, body *")], ways = new Map(), places = new Map(), namers = new Map(), seen = new Map(), taken = [];

  const own = e => e.nodeName + [...e.attributes].map(a => (VALUES.includes(a.name) ? `[${a.name}=${a.value}]` : `[${a.name}]`)).sort().join("")
    + ["checked", "disabled", "open"].filter(s => e[s] === true);
  const inside = e => [...new Set([...e.childNodes].map(n => (n.nodeType === 3 && n.nodeValue.trim() ? "words" : n.nodeName + n.className)))].sort();
  for (const e of all) {
    ways.set(e, `${ways.get(e.parentElement) || ""}>${own(e)}`);
    places.set(e, `${places.get(e.parentElement) || ""}>${own(e)}(${inside(e)})`);
    for (const id of NAMES.flatMap(n => (e.getAttribute(n) || "").replace(/^#/, "").split(/\s+/)).filter(Boolean))
      namers.set(id, [...(namers.get(id) || []), e]);
  }

  const again = what => seen.set(what, (seen.get(what) || 0) + 1).get(what) > 1;
  const named = e => [e, ...e.querySelectorAll("[id]")].some(x => (namers.get(x.id) || []).some(by => !e.contains(by)));
  const known = e => [e, ...e.querySelectorAll("*")].every(x => seen.get(places.get(x)) > 1);
  const look = e => {
    const words = e.matches("input, select, textarea") || [...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim());
    e.toggleAttribute("data-drawn", words && !again(ways.get(e)));
    again(places.get(e));
    const before = new Set();
    for (const child of [...e.children])
      if (before.has(child.nodeName) && !e.matches("tr, select") && known(child) && !named(child)) {
        taken.push([child, e, child.nextSibling]);
        child.remove();
      } else {
        before.add(child.nodeName);
        look(child);
      }
  };
  look(document.body);
  return () => {
    taken.reverse().forEach(([child, parent, next]) => parent.insertBefore(child, next));
    all.forEach(e => e.removeAttribute("data-drawn"));
  };
}
