// Puts a button behind each address that may be copied. Without a clipboard, or without this, the page lacks nothing.

function offer(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = "Copy the address";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.textContent.trim());
      said.textContent = " Copied. Now give it to your feed reader.";
    } catch {
      getSelection().selectAllChildren(link);
      said.textContent = " Your browser will not copy for me. The address is marked; copy it as you copy any text.";
    }
  });
  const line = document.createElement("p");
  line.append(button, said);
  link.closest("p").after(line);
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offer);
