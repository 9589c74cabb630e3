// Seasoning only: every page works without this. One behaviour a module, found by its data attribute.
const behaviours = {
  "[data-live]": "./live.js",
  "[data-keys]": "./keys.js",
  "[data-copy]": "./copy.js",
  "[data-busy]": "./busy.js",
};

for (const [found, module] of Object.entries(behaviours)) {
  const elements = document.querySelectorAll(found);
  if (elements.length) import(module).then(({ start }) => start(elements));
}
