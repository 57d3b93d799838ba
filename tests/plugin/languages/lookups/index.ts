import * as pulumi from "@pulumi/pulumi";
import * as auth0 from "@pulumi-auth0-apis/sdk";

const identifier = "https://orders-2.example.com";

const api = auth0.getResourceServerOutput({ identifier: pulumi.output(identifier) });
export const later = [
    api.tokenLifetime,
    auth0.getResourceServersOutput({ name: api.apply((found) => found.name!) }).resourceServers[0].identifier,
    auth0.getClientGrantsOutput({ audience: api.identifier }).clientGrants[0].scopes,
    auth0.getClientsOutput({ name: pulumi.output("Billing service") }).clients[0].clientId,
];

export const atOnce = Promise.all([
    auth0.getResourceServer({ identifier }).then((found) => found.tokenLifetime),
    auth0.getResourceServers({ name: "Orders API" }).then((found) => found.resourceServers[0].identifier),
    auth0.getClientGrants({ audience: identifier }).then((found) => found.clientGrants[0].scopes),
    auth0.getClients({ name: "Billing service" }).then((found) => found.clients[0].clientId),
]);
