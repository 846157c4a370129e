/** An element with properties and children; strings become text. */
export function element(tag, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const made = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined && child !== ''));
  return made;
}

/** Posts to the simulator in the name of a device. Throws when it does not answer 200. */
export async function post(action, device, body, query = {}) {
  const search = new URLSearchParams({ ...(device ? { device } : {}), ...query });
  const isFile = body instanceof Blob;
  const response = await fetch(`/phone/${action}?${search}`, {
    method: 'POST',
    headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
    body: isFile ? body : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  return response.json();
}
