// A certified OpenID provider on this machine, for tests: whoever was announced by POST /next has signed in.
//   node oidc.mjs MODULES PORT CLIENTS(JSON)
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const [modules, port, clients] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`));
const issuer = `http://127.0.0.1:${port}`;
const people = new Map();
let next = { sub: "nobody" };

const provider = new Provider(issuer, {
  clients: JSON.parse(clients),
  acrValues: ["eidas1", "eidas2", "eidas3", "urn:two-factors"],
  claims: { acr: null, amr: null, auth_time: null, openid: ["sub"], email: ["email", "email_verified"] },
  scopes: ["openid", "email"],
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true }, claimsParameter: { enabled: true } },
  pkce: { methods: ["S256"], required: () => true },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  cookies: { keys: ["only for tests"] },
  ttl: { Session: 60, Grant: 60, Interaction: 60, AccessToken: 60, IdToken: 60 },
});

async function interact(request, response) {
  const { params, session, prompt } = await provider.interactionDetails(request, response);
  if (next.error) return provider.interactionFinished(request, response, { error: next.error });
  const accountId = session?.accountId ?? next.sub;
  if (prompt.name === "login") {
    const login = { accountId: next.sub, acr: next.acr, amr: next.amr };
    return provider.interactionFinished(request, response, { login });
  }
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

async function announce(request, response) {
  let body = "";
  for await (const part of request) body += part;
  next = JSON.parse(body);
  people.set(next.sub, { email: next.email, email_verified: next.email_verified });
  response.writeHead(204).end();
}

const callback = provider.callback();
createServer((request, response) => {
  const fail = (error) => response.writeHead(500).end(String(error?.stack));
  if (request.url === "/next") announce(request, response).catch(fail);
  else if (request.url.startsWith("/interaction/")) interact(request, response).catch(fail);
  else callback(request, response);
}).listen(Number(port), "127.0.0.1");
