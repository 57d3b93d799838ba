package main

import (
	"example.com/pulumi-auth0-apis/sdk/go/auth0apis"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// ApiArgs are what differs between our APIs.
type ApiArgs struct {
	Identifier pulumi.StringInput
	Name       pulumi.StringInput
	// Permissions says what each permission allows.
	Permissions map[string]string
}

// Api is an API with the settings that every API of ours has, and its permissions.
type Api struct {
	pulumi.ResourceState
	Identifier pulumi.StringOutput
	ApiId      pulumi.IDOutput
	Scopes     map[string]pulumi.StringOutput
}

// NewApi registers the API, and below it its permissions.
func NewApi(ctx *pulumi.Context, name string, args *ApiArgs, opts ...pulumi.ResourceOption) (*Api, error) {
	api := &Api{Scopes: map[string]pulumi.StringOutput{}}
	if err := ctx.RegisterComponentResource("example:index:Api", name, api, opts...); err != nil {
		return nil, err
	}
	server, err := auth0apis.NewResourceServer(ctx, name, &auth0apis.ResourceServerArgs{
		Identifier:      args.Identifier,
		Name:            args.Name,
		TokenLifetime:   pulumi.Int(3600),
		SigningAlg:      auth0apis.SigningAlgRS256,
		EnforcePolicies: pulumi.Bool(true),
		TokenDialect:    auth0apis.TokenDialectRfc9068ProfileAuthz,
		SubjectTypeAuthorization: auth0apis.SubjectTypeAuthorizationArgs{
			User:   auth0apis.UserAccessArgs{Policy: auth0apis.UserAccessPolicyRequireClientGrant},
			Client: auth0apis.ClientAccessArgs{Policy: auth0apis.ClientAccessPolicyRequireClientGrant},
		},
	}, pulumi.Parent(api))
	if err != nil {
		return nil, err
	}
	for scope, description := range args.Permissions {
		permission, err := auth0apis.NewPermission(ctx, name+"-"+scope, &auth0apis.PermissionArgs{
			ResourceServerIdentifier: server.Identifier,
			Scope:                    pulumi.String(scope),
			Description:              pulumi.String(description),
		}, pulumi.Parent(api), pulumi.DeletedWith(server)) // it goes with its API, without a call of its own
		if err != nil {
			return nil, err
		}
		api.Scopes[scope] = permission.Scope
	}
	api.Identifier, api.ApiId = server.Identifier, server.ID()
	return api, ctx.RegisterResourceOutputs(api, pulumi.Map{"identifier": api.Identifier})
}
