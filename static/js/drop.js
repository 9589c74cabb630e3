// <form data-drop> takes a file dropped on it, <form data-drop="many"> several: they go into its file field, as if chosen.
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

export function start(forms) {
  for (const form of forms) {
    const many = form.dataset.drop === "many";
    const field = form.querySelector("input[type=file]");
    const said = form.querySelector("[data-drop-said]");
    for (const hint of form.querySelectorAll("[data-drop-hint]")) hint.hidden = false;
    const over = (is) => form.classList.toggle("is-over", is);

    form.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      over(true);
    });
    form.addEventListener("dragleave", (event) => {
      if (!form.contains(event.relatedTarget)) over(false);
    });
    form.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      over(false);
      const files = [...event.dataTransfer.files];
      if (files.length > 1 && !many) {
        said.textContent = "Several files: drop them on “Add many at once” below.";
        return;
      }
      field.files = event.dataTransfer.files;
      said.textContent = `Chosen: ${files.map((file) => file.name).join(", ")}`;
      field.focus();
    });
  }
}
