// The portals call /api/v1/…, the API knows /v1/…. Who asks is told in a header that no visitor can set.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.substring("/api".length) || "/";
  request.headers["x-viewer-address"] = { value: event.viewer.ip };
  return request;
}
