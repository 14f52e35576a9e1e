"use strict";

// Relative to this script, so that it also holds behind a proxy that puts a path in front.
SwaggerUIBundle({
  url: new URL("../openapi.yaml", document.currentScript.src).href,
  domNode: document.getElementById("api"),
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
