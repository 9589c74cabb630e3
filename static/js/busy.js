// <form data-busy="Reading it…">: while the answer is awaited the button pressed says so; coming back it is itself again.
export function start(forms) {
  for (const form of forms) {
    form.addEventListener("submit", ({ submitter }) => {
      if (!submitter) return;
      const said = submitter.innerHTML;
      setTimeout(() => {
        submitter.disabled = true;
        submitter.textContent = form.dataset.busy;
      });
      addEventListener("pageshow", () => {
        submitter.disabled = false;
        submitter.innerHTML = said;
      });
    });
  }
}
