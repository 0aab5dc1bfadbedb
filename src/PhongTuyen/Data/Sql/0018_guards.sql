-- What the tests of the row policies found open: a definer function that everybody might call.
REVOKE ALL ON FUNCTION pt.may_tie(uuid) FROM public;
GRANT EXECUTE ON FUNCTION pt.may_tie(uuid) TO pt_app;
