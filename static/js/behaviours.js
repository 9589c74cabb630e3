// What is seasoned, by its data attribute: one behaviour a module, loaded only where a page has a use for it.
const behaviours = {
  "[data-live]": "./live.js",
  "[data-keys]": "./keys.js",
  "[data-copy], [data-copy-text]": "./copy.js",
  "[data-busy]": "./busy.js",
  "[data-import]": "./import.js",
  "[data-bookmark]": "./bookmark.js",
  "[data-drop]": "./drop.js",
  "[data-review]": "./review.js",
  "[data-margin]": "./margin.js",
  "[data-rows]": "./rows.js",
  "[data-popover]": "./popover.js",
  "[data-print]": "./print.js",
};

// Starts what is found inside `root`: the page at first, later what a behaviour has put into it.
export function season(root) {
  for (const [found, module] of Object.entries(behaviours)) {
    const elements = root.querySelectorAll(found);
    if (elements.length) import(module).then(({ start }) => start(elements));
  }
}
