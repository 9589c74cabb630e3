// <button data-copy hidden>: copies the page's address; data-copy-text="id" copies the words of that element instead. Shown
// only where that can work.
export function start(buttons) {
  if (!navigator.clipboard) return;
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = button.dataset.copyText;
      const words = from ? document.getElementById(from).textContent : new URL(button.dataset.copy, location.href).href;
      await navigator.clipboard.writeText(words);
      const said = button.querySelector("[role=status]");
      said.textContent = "copied";
      setTimeout(() => (said.textContent = ""), 3000);
    });
  }
}
