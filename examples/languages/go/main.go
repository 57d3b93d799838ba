package main

import (
	"example.com/pulumi-auth0-apis/sdk/go/auth0apis"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	settings := config.New(ctx, "")

	orders, err := NewApi(ctx, "orders", &ApiArgs{
		Identifier: pulumi.String("https://orders.example.com"),
		Name:       pulumi.String("Orders API"),
		Permissions: map[string]string{
			"read:orders":  "Read orders",
			"write:orders": "Place and change orders",
		},
	})
	if err != nil {
		return err
	}

	_, err = auth0apis.NewClientGrant(ctx, "billing-orders", &auth0apis.ClientGrantArgs{
		ClientId: pulumi.String(settings.Require("billingClientId")),
		Audience: orders.Identifier,
		Scopes:   pulumi.StringArray{orders.Scopes["read:orders"], orders.Scopes["write:orders"]},
	})
	if err != nil {
		return err
	}

	// A secret of the stack's configuration stays one in state.
	_, err = auth0apis.NewResourceServer(ctx, "legacy", &auth0apis.ResourceServerArgs{
		Identifier:    pulumi.String("https://legacy.example.com"),
		Name:          pulumi.Sprintf("Orders before %v", orders.ApiId),
		SigningAlg:    auth0apis.SigningAlgHS256,
		SigningSecret: settings.RequireSecret("legacySigningSecret"),
		Scopes: auth0apis.ScopeArray{
			auth0apis.ScopeArgs{
				Value:       pulumi.String("read:legacy"),
				Description: pulumi.String("Read what is left"),
			},
		},
	})
	if err != nil {
		return err
	}

	// Another tenant is another provider.
	partners, err := auth0apis.NewProvider(ctx, "partners", &auth0apis.ProviderArgs{
		Domain:       pulumi.String(settings.Require("partnersDomain")),
		ClientId:     pulumi.String(settings.Require("partnersClientId")),
		ClientSecret: settings.RequireSecret("partnersClientSecret"),
	})
	if err != nil {
		return err
	}

	_, err = NewApi(ctx, "partner-orders", &ApiArgs{
		Identifier:  pulumi.String("https://orders.example.com"),
		Name:        pulumi.String("Orders API for partners"),
		Permissions: map[string]string{"read:orders": "Read orders"},
	}, pulumi.Providers(partners))
	if err != nil {
		return err
	}

	ctx.Export("audience", orders.Identifier)
	ctx.Export("apiId", orders.ApiId)
	return nil
}
