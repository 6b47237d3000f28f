// Paths without an extension belong to the single-page applications: they get the application's first page.
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri === "/admin") {
    return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/admin/" } } };
  }
  if (uri.lastIndexOf(".") <= uri.lastIndexOf("/")) {
    request.uri = uri.indexOf("/admin/") === 0 ? "/admin/index.html" : "/index.html";
  }
  return request;
}
