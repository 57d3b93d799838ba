"""Any property values at all."""

from __future__ import annotations

from hypothesis import strategies as st

from pulumi_auth0_apis.engine.model.values import Secret, Unknown

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
VALUES = st.recursive(
    JSON | st.just(Unknown()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        | st.builds(Secret, inner)
    ),
    max_leaves=12,
)
PROPERTIES = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)
