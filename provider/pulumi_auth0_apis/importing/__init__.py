"""Import of what exists elsewhere, a tenant or the state of another tool, as a Pulumi program and its state.

Data has one way: a source (`tenant_source`, `pulumi_state`, `terraform_state`) gives `FoundObjects`;
`planning` names them and leaves the defaults out; `program_files`, `stack_files` and `checkpoint` write them
down; a `workspace` shows that the first preview changes nothing. Nothing here writes to a tenant.
"""
