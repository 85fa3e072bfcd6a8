# Runs the suite in two configurations: without Node compatibility, where the library falls back to WebCrypto, and with it.
using Workerd = import "/workerd/workerd.capnp";

# The last date without Node compatibility by default.
const before :Text = "2026-08-03";

# The bundle of worker.mjs, which targets.mjs builds.
const main :List(Workerd.Worker.Module) =
  [(name = "worker.js", esModule = embed "../node_modules/.cache/conformance/worker.js")];

const config :Workerd.Config = (
  services = [
    (name = "workerd", worker =
      (compatibilityDate = .before, modules = .main, bindings = [(name = "RUNTIME", text = "workerd")])),
    (name = "workerd nodejs_compat", worker =
      (compatibilityDate = .before, compatibilityFlags = ["nodejs_compat"], modules = .main,
       bindings = [(name = "RUNTIME", text = "workerd nodejs_compat")])),
  ],
  # targets.mjs passes the addresses.
  sockets = [
    (name = "workerd", service = "workerd", http = ()),
    (name = "workerd nodejs_compat", service = "workerd nodejs_compat", http = ()),
  ],
);
