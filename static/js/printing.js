// <button data-print hidden>: prints the page; shown only where that can work.
export function start(buttons) {
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
