// Paths that name no file belong to the single-page applications: they get the application's first page.
// A dot alone makes no file: /admin/parameters/deposits.plan is a page. local/site.py has the same endings.
var FILE =
  /\.(avif|css|gif|html?|ico|jpe?g|js|json|map|mjs|pdf|php|png|svg|ttf|txt|wasm|webmanifest|webp|woff2?|xml|zip)$/i;
function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (uri === "/admin") {
    return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/admin/" } } };
  }
  if (!/^\/(admin\/)?assets\//.test(uri) && !FILE.test(uri)) {
    request.uri = uri.indexOf("/admin/") === 0 ? "/admin/index.html" : "/index.html";
  }
  return request;
}
