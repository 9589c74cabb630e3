// <form data-live>: sends itself when a choice is made with the pointer, so that "Apply" need not be pressed. Whoever
// chooses by keyboard goes through the choices undisturbed and presses Enter. Boxes with [data-wait] are ticked together
// and wait for a button. Empty fields stay out of the address.
export function start(forms) {
  for (const form of forms) {
    let pointed = false;
    form.addEventListener("pointerdown", () => (pointed = true));
    form.addEventListener("keydown", () => (pointed = false));
    form.addEventListener("change", ({ target }) => {
      if (pointed && target.matches("select, input[type=checkbox]:not([data-wait])")) form.requestSubmit();
    });
    form.addEventListener("formdata", ({ formData }) => {
      for (const name of new Set(formData.keys())) {
        const kept = formData.getAll(name).filter((value) => value !== "");
        formData.delete(name);
        for (const value of kept) formData.append(name, value);
      }
    });
  }
}
