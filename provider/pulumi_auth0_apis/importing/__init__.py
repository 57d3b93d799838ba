"""Import of what exists elsewhere, a tenant or the state of another tool, as a Pulumi program and its state.

Data has one way: a source (`tenant_source`, `pulumi_state`, `terraform_state`) gives a `Finding`; `planning`
names what was found and leaves the defaults out; `program`, `stack_files` and `checkpoint` write it down; a
`workspace` shows that the first preview changes nothing. Nothing here makes a call that writes to a tenant.
"""
