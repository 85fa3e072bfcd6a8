# Runs one worker in three configurations: with Node compatibility by its flag, with it as the default of newer dates,
# and without it, where the library falls back to WebCrypto.
using Workerd = import "/workerd/workerd.capnp";

# The last date without Node compatibility, and the one of this workerd.
const before :Text = "2026-08-03";
const today :Text = "2026-10-23";

const secret :List(Workerd.Worker.Binding) =
  [(name = "GALLABOX_WEBHOOK_SECRET", fromEnvironment = "GALLABOX_WEBHOOK_SECRET")];
# The bundle of the example, which platforms.mjs builds.
const main :List(Workerd.Worker.Module) =
  [(name = "worker.js", esModule = embed "../.examples/cloudflare-workers/worker.js")];
# Responds with whether node:crypto is available, to verify that each configuration is what it should be.
const probe :List(Workerd.Worker.Module) = [(
  name = "probe.js",
  esModule = "export default { fetch: () => new Response(typeof globalThis.process?.getBuiltinModule) }",
)];

const config :Workerd.Config = (
  services = [
    (name = "no-flag", worker = (compatibilityDate = .before, modules = .main, bindings = .secret)),
    (name = "no-flag-probe", worker = (compatibilityDate = .before, modules = .probe)),
    (name = "nodejs-compat", worker =
      (compatibilityDate = .before, compatibilityFlags = ["nodejs_compat"], modules = .main, bindings = .secret)),
    (name = "nodejs-compat-probe", worker =
      (compatibilityDate = .before, compatibilityFlags = ["nodejs_compat"], modules = .probe)),
    (name = "today", worker = (compatibilityDate = .today, modules = .main, bindings = .secret)),
    (name = "today-probe", worker = (compatibilityDate = .today, modules = .probe)),
  ],
  # platforms.mjs passes the addresses.
  sockets = [
    (name = "no-flag", service = "no-flag", http = ()),
    (name = "no-flag-probe", service = "no-flag-probe", http = ()),
    (name = "nodejs-compat", service = "nodejs-compat", http = ()),
    (name = "nodejs-compat-probe", service = "nodejs-compat-probe", http = ()),
    (name = "today", service = "today", http = ()),
    (name = "today-probe", service = "today-probe", http = ()),
  ],
);
