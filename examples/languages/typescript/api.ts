import * as pulumi from "@pulumi/pulumi";
import * as auth0 from "@pulumi-auth0-apis/sdk";

export interface ApiArgs {
    identifier: pulumi.Input<string>;
    name: pulumi.Input<string>;
    /** What each permission allows, by permission. */
    permissions: Record<string, string>;
}

/** An API with the settings that every API of ours has, and its permissions. */
export class Api extends pulumi.ComponentResource {
    readonly identifier: pulumi.Output<string>;
    readonly id: pulumi.Output<string>;
    readonly scopes: Record<string, pulumi.Output<string>> = {};

    constructor(name: string, args: ApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("example:index:Api", name, {}, opts);
        const server = new auth0.ResourceServer(
            name,
            {
                identifier: args.identifier,
                name: args.name,
                tokenLifetime: 3600,
                signingAlg: auth0.SigningAlg.RS256,
                enforcePolicies: true,
                tokenDialect: auth0.TokenDialect.Rfc9068ProfileAuthz,
                subjectTypeAuthorization: {
                    user: { policy: auth0.UserAccessPolicy.RequireClientGrant },
                    client: { policy: auth0.ClientAccessPolicy.RequireClientGrant },
                },
            },
            { parent: this },
        );
        for (const [scope, description] of Object.entries(args.permissions)) {
            const permission = new auth0.Permission(
                `${name}-${scope}`,
                { resourceServerIdentifier: server.identifier, scope, description },
                { parent: this, deletedWith: server }, // it goes with its API, without a call of its own
            );
            this.scopes[scope] = permission.scope;
        }
        this.identifier = server.identifier;
        this.id = server.id;
        this.registerOutputs({ identifier: this.identifier });
    }
}
