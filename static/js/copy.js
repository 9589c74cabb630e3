// <button data-copy hidden>: copies the page's address; shown only where that can work.
export function start(buttons) {
  if (!navigator.clipboard) return;
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      const said = button.querySelector("[role=status]");
      said.textContent = "copied";
      setTimeout(() => (said.textContent = ""), 3000);
    });
  }
}
