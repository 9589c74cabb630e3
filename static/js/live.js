// <form data-live>: sends itself when a choice is made with the pointer, so that "Apply" need not be pressed. Whoever
// chooses by keyboard goes through the choices undisturbed and presses Enter. Empty fields stay out of the address.
export function start(forms) {
  for (const form of forms) {
    let pointed = false;
    form.addEventListener("pointerdown", () => (pointed = true));
    form.addEventListener("keydown", () => (pointed = false));
    form.addEventListener("change", (event) => {
      if (pointed && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
    });
    form.addEventListener("formdata", ({ formData }) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    });
  }
}
