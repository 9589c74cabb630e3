// <form data-live>: sends itself when a choice is made, so that "Apply" need not be pressed. Typed dates wait for it.
export function start(forms) {
  for (const form of forms) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
    });
  }
}
