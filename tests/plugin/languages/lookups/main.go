package main

import (
	"example.com/pulumi-auth0-apis/sdk/go/auth0apis"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const identifier = "https://orders-2.example.com"

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		later(ctx)
		return atOnce(ctx)
	})
}

func later(ctx *pulumi.Context) {
	api := auth0apis.LookupResourceServerOutput(ctx, auth0apis.LookupResourceServerOutputArgs{
		Identifier: pulumi.String(identifier).ToStringOutput(),
	})
	apis := auth0apis.GetResourceServersOutput(ctx, auth0apis.GetResourceServersOutputArgs{Name: api.Name()})
	grants := auth0apis.GetClientGrantsOutput(ctx, auth0apis.GetClientGrantsOutputArgs{Audience: api.Identifier()})
	clients := auth0apis.GetClientsOutput(ctx, auth0apis.GetClientsOutputArgs{Name: pulumi.String("Billing service")})
	ctx.Export("later", pulumi.Array{
		api.TokenLifetime(),
		apis.ResourceServers().Index(pulumi.Int(0)).Identifier(),
		grants.ClientGrants().Index(pulumi.Int(0)).Scopes(),
		clients.Clients().Index(pulumi.Int(0)).ClientId(),
	})
}

func atOnce(ctx *pulumi.Context) error {
	name, client, audience := "Orders API", "Billing service", identifier
	api, err := auth0apis.LookupResourceServer(ctx, &auth0apis.LookupResourceServerArgs{Identifier: identifier})
	if err != nil {
		return err
	}
	apis, err := auth0apis.GetResourceServers(ctx, &auth0apis.GetResourceServersArgs{Name: &name})
	if err != nil {
		return err
	}
	grants, err := auth0apis.GetClientGrants(ctx, &auth0apis.GetClientGrantsArgs{Audience: &audience})
	if err != nil {
		return err
	}
	clients, err := auth0apis.GetClients(ctx, &auth0apis.GetClientsArgs{Name: &client})
	if err != nil {
		return err
	}
	ctx.Export("atOnce", pulumi.ToArray([]any{
		api.TokenLifetime,
		apis.ResourceServers[0].Identifier,
		grants.ClientGrants[0].Scopes,
		clients.Clients[0].ClientId,
	}))
	return nil
}
