import * as pulumi from "@pulumi/pulumi";
import * as auth0 from "@pulumi-auth0-apis/sdk";
import { Api } from "./api";

const config = new pulumi.Config();

const orders = new Api("orders", {
    identifier: "https://orders.example.com",
    name: "Orders API",
    permissions: { "read:orders": "Read orders", "write:orders": "Place and change orders" },
});

new auth0.ClientGrant("billing-orders", {
    clientId: config.require("billingClientId"),
    audience: orders.identifier,
    scopes: [orders.scopes["read:orders"], orders.scopes["write:orders"]],
});

// A secret of the stack's configuration stays one in state.
new auth0.ResourceServer("legacy", {
    identifier: "https://legacy.example.com",
    name: pulumi.interpolate`Orders before ${orders.id}`,
    signingAlg: auth0.SigningAlg.HS256,
    signingSecret: config.requireSecret("legacySigningSecret"),
    scopes: [{ value: "read:legacy", description: "Read what is left" }],
});

// Another tenant is another provider.
const partners = new auth0.Provider("partners", {
    domain: config.require("partnersDomain"),
    clientId: config.require("partnersClientId"),
    clientSecret: config.requireSecret("partnersClientSecret"),
});

new Api(
    "partner-orders",
    {
        identifier: "https://orders.example.com",
        name: "Orders API for partners",
        permissions: { "read:orders": "Read orders" },
    },
    { providers: [partners] },
);

export const audience = orders.identifier;
export const apiId = orders.id;
