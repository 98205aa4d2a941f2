// A SAML 2 provider for tests: it answers what it is asked, signed by its key.
//   node saml.cjs MODULES PORT FOLDER(key.pem, cert.pem)
const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");

const [modules, port, folder] = process.argv.slice(2);
const samlp = require(`${modules}/samlp`);
const key = readFileSync(`${folder}/key.pem`);
const cert = readFileSync(`${folder}/cert.pem`);
const issuer = `http://127.0.0.1:${port}/metadata`;

// POST /answer: {request, person: {id, email}, options: {…of samlp}} gives the SAMLResponse in base64.
createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const asked = JSON.parse(body);
  const profileMapper = () => ({
    getClaims: () => ({ "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": asked.person.email }),
    getNameIdentifier: () => ({ nameIdentifier: asked.person.id }),
  });
  const options = {
    profileMapper,
    issuer, key, cert, signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256", lifetimeInSeconds: 300,
    nameIdentifierFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", ...asked.options,
  };
  samlp.getSamlResponse(options, asked.person, (error, xml) => {
    if (error) response.writeHead(500).end(String(error.stack));
    else response.end(Buffer.from(xml).toString("base64"));
  });
}).listen(Number(port), "127.0.0.1");
