/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked of hallwayd, and what is read from every kind of answer. */
#include "sync/hall-remotes.h"

#include "model/hall-attendee.h"
#include "model/hall-chat.h"

#define ID    "01900000-0000-7000-8000-000000000001"
#define OTHER "01900000-0000-7000-8000-000000000002"
#define KEY   "01900000-0000-7000-8000-0000000000aa"

#define ROW(id) "{\"id\":\"" id "\",\"title\":\"T\",\"slug\":\"t\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\"}"
#define PAGE_WITH_ADDRESS(url) \
  "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" ID "\",\"mark\":\"a1\",\"row\":{\"id\":\"" ID "\",\"title\":\"T\",\"slug\":\"t\"," \
  "\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\",\"sign_up_url\":\"" url "\"}}]," \
  "\"next\":\"1-a\",\"has_more\":false}"
#define PROBLEM(type, more) "{\"type\":\"urn:hallway:problem:" type "\",\"title\":\"Words\"" more "}"

static const char json[] = "application/json";
static const char problem[] = "application/problem+json; charset=utf-8";
static const char html[] = "text/html; charset=utf-8";

static HallReply *
make_reply (guint       status,
            const char *type,
            const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new_static (body, strlen (body)) : NULL;

  return hall_reply_new (status, type, bytes);
}

static const HallRemote *
remote (void)
{
  const HallRemote *found = hall_remotes_find ("hallwayd");

  g_assert_nonnull (found);
  return found;
}

/* What comes in the place of an answer, whatever was asked. */
static const struct {
  guint       status;
  const char *type;
  const char *body;
  int         code;
} faults[] = {
  { 200, html, "<p>Sign in to the hotel</p>", HALL_SYNC_ERROR_OFFLINE },
  { 200, "TEXT/HTML", "<p>", HALL_SYNC_ERROR_OFFLINE },
  { 403, html, "<p>Blocked</p>", HALL_SYNC_ERROR_OFFLINE },
  { 404, html, "<p>Not found</p>", HALL_SYNC_ERROR_OFFLINE },
  { 302, NULL, NULL, HALL_SYNC_ERROR_OFFLINE },
  { 307, json, "{}", HALL_SYNC_ERROR_OFFLINE },
  { 407, NULL, NULL, HALL_SYNC_ERROR_OFFLINE },
  { 511, html, "<p>Sign in</p>", HALL_SYNC_ERROR_OFFLINE },
  { 401, NULL, NULL, HALL_SYNC_ERROR_AUTH },
  { 401, problem, PROBLEM ("unauthorized", ""), HALL_SYNC_ERROR_AUTH },
  { 408, NULL, NULL, HALL_SYNC_ERROR_RETRY_LATER },
  { 429, problem, PROBLEM ("too-many-requests", ""), HALL_SYNC_ERROR_RETRY_LATER },
  { 500, NULL, NULL, HALL_SYNC_ERROR_RETRY_LATER },
  { 502, html, "<p>Bad gateway</p>", HALL_SYNC_ERROR_RETRY_LATER },
  { 503, problem, PROBLEM ("internal", ""), HALL_SYNC_ERROR_RETRY_LATER },
  { 200, json, "{\"service\":\"hall", HALL_SYNC_ERROR_NONSENSE },
  { 200, json, "", HALL_SYNC_ERROR_NONSENSE },
  { 200, json, "[]", HALL_SYNC_ERROR_NONSENSE },
  { 200, json, "null", HALL_SYNC_ERROR_NONSENSE },
  { 200, json, "{}", HALL_SYNC_ERROR_NONSENSE },
  { 200, json, "{\"id\":\"" ID "\",\"id\":\"" ID "\"}", HALL_SYNC_ERROR_NONSENSE },
  { 200, NULL, "{}", HALL_SYNC_ERROR_NONSENSE },
  { 200, "text/plain", "{}", HALL_SYNC_ERROR_NONSENSE },
  { 204, NULL, NULL, HALL_SYNC_ERROR_NONSENSE },
  { 404, json, "{\"error\":\"no route\"}", HALL_SYNC_ERROR_NONSENSE },
};

static HallOperation
make_operation (HallOperationVerb verb)
{
  HallOperation operation = {
    .id = (char *) KEY, .kind = &hall_chat_kind, .row = (char *) ID, .verb = verb,
    .state = HALL_OPERATION_SENDING, .base_mark = (char *) "00ff00ff00ff00ff", .body = (char *) "{\"title\":\"T\"}",
  };

  if (verb == HALL_OPERATION_CREATE)
    operation.base_mark = NULL;
  if (verb == HALL_OPERATION_REMOVE)
    operation.body = NULL;

  return operation;
}

static void
test_faults (void)
{
  HallOperation change = make_operation (HALL_OPERATION_CHANGE);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (HallReply)   reply = make_reply (faults[i].status, faults[i].type, faults[i].body);
    g_autoptr (GError)      in_session = NULL;
    g_autoptr (GError)      in_page = NULL;
    g_autoptr (GError)      in_row = NULL;
    g_autoptr (GError)      in_verdict = NULL;
    g_autoptr (HallPage)    page = NULL;
    g_autoptr (HallNews)    row = NULL;
    g_autoptr (HallVerdict) verdict = NULL;

    g_test_message ("%u %s %s", faults[i].status, faults[i].type, faults[i].body);

    g_assert_false (remote ()->read_session (reply, &in_session));
    g_assert_error (in_session, HALL_SYNC_ERROR, faults[i].code);

    page = remote ()->read_page (reply, &in_page);
    g_assert_null (page);
    g_assert_error (in_page, HALL_SYNC_ERROR, faults[i].code);

    row = remote ()->read_row (&hall_chat_kind, ID, reply, &in_row);
    g_assert_null (row);
    g_assert_error (in_row, HALL_SYNC_ERROR, faults[i].code);

    verdict = remote ()->read_verdict (&change, reply, &in_verdict);
    g_assert_null (verdict);
    g_assert_error (in_verdict, HALL_SYNC_ERROR, faults[i].code);
  }
}

static void
test_session (void)
{
  g_autoptr (HallRequest) request = remote ()->ask_session ();
  g_autoptr (HallReply)   good = make_reply (200, json, "{\"service\":\"hallwayd\",\"version\":\"0.1.0\",\"more\":[1]}");
  g_autoptr (HallReply)   other = make_reply (200, json, "{\"service\":\"teapot\"}");
  g_autoptr (HallReply)   typeless = make_reply (200, "text/plain", "{\"service\":\"hallwayd\"}");
  g_autoptr (HallReply)   narrow = make_reply (403, problem, PROBLEM ("forbidden", ""));
  g_autoptr (GError)      error = NULL;

  g_assert_cmpstr (request->method, ==, "GET");
  g_assert_cmpstr (request->path, ==, "/v1/session");

  g_assert_true (remote ()->read_session (good, &error));
  g_assert_no_error (error);
  g_assert_false (remote ()->read_session (other, &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
  g_clear_error (&error);
  g_assert_false (remote ()->read_session (narrow, &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_AUTH);
  g_clear_error (&error);
  g_assert_false (remote ()->read_session (typeless, &error));
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
}

static void
test_page (void)
{
  static const char body[] =
    "{\"changes\":["
    "{\"kind\":\"chat\",\"id\":\"" ID "\",\"mark\":\"a1\",\"row\":" ROW (ID) "},"
    "{\"kind\":\"sponsor\",\"id\":\"" ID "\",\"mark\":\"a2\",\"row\":{\"id\":\"" ID "\"}},"
    "{\"kind\":\"person\",\"id\":\"" ID "\",\"mark\":\"a3\",\"row\":{\"id\":\"" ID "\",\"address\":\"a@example.org\"}},"
    "{\"kind\":\"attendee\",\"id\":\"" OTHER "\",\"mark\":\"a4\",\"deleted\":true}"
    "],\"next\":\"4-a4\",\"has_more\":true,\"remaining\":12}";
  g_autoptr (HallRequest) first = remote ()->ask_page (NULL);
  g_autoptr (HallRequest) later = remote ()->ask_page ("4-a4&limit=1");
  g_autoptr (HallReply)   reply = make_reply (200, json, body);
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallPage)    page = remote ()->read_page (reply, &error);
  HallNews               *news;

  g_assert_cmpstr (first->path, ==, "/v1/changes");
  g_assert_cmpstr (first->query, ==, "limit=500");
  g_assert_cmpstr (later->query, ==, "limit=500&since=4-a4%26limit%3D1");

  g_assert_no_error (error);
  g_assert_cmpuint (page->news->len, ==, 2);
  g_assert_cmpstr (page->next, ==, "4-a4");
  g_assert_true (page->has_more);
  g_assert_cmpint (page->remaining, ==, 12);
  g_assert_false (page->start_over);

  news = g_ptr_array_index (page->news, 0);
  g_assert_true (news->kind == &hall_chat_kind);
  g_assert_cmpstr (news->mark, ==, "a1");
  g_assert_cmpstr (((HallChat *) news->value)->title, ==, "T");
  news = g_ptr_array_index (page->news, 1);
  g_assert_true (news->kind == &hall_attendee_kind);
  g_assert_cmpstr (news->id, ==, OTHER);
  g_assert_null (news->value);
}

static void
test_bad_pages (void)
{
  static const char *const bodies[] = {
    "{\"changes\":{},\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[],\"has_more\":false}",
    "{\"changes\":[],\"next\":\"\",\"has_more\":false}",
    "{\"changes\":[],\"next\":\"1-a\\r\\nX-Other: 1\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" ID "\",\"mark\":\"a\\r\\nX-Other: 1\",\"deleted\":true}],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" ID "\",\"mark\":\"a\\\"b\",\"deleted\":true}],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" ID "\",\"mark\":\"м\",\"deleted\":true}],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[],\"next\":\"1-a\",\"has_more\":1}",
    "{\"changes\":[1],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" ID "\",\"row\":" ROW (ID) "}],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"x\",\"mark\":\"a\",\"deleted\":true}],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" OTHER "\",\"mark\":\"a\",\"row\":" ROW (ID) "}],\"next\":\"1-a\",\"has_more\":false}",
    "{\"changes\":[{\"kind\":\"chat\",\"id\":\"" ID "\",\"mark\":\"a\",\"row\":{\"id\":\"" ID "\"}}],\"next\":\"1-a\",\"has_more\":false}",
    PAGE_WITH_ADDRESS ("file:///etc/passwd"),
    PAGE_WITH_ADDRESS ("javascript:alert(1)"),
    PAGE_WITH_ADDRESS ("https:///e/t"),
    PAGE_WITH_ADDRESS ("https://example.org/e/t) [more](https://example.org"),
    PAGE_WITH_ADDRESS ("t"),
    PAGE_WITH_ADDRESS (""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (HallReply) reply = make_reply (200, json, bodies[i]);
    g_autoptr (GError)    error = NULL;
    g_autoptr (HallPage)  page = remote ()->read_page (reply, &error);

    g_test_message ("%s", bodies[i]);
    g_assert_null (page);
    g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
  }
}

static void
test_start_over (void)
{
  g_autoptr (HallReply) gone = make_reply (410, problem, PROBLEM ("resync-required", ""));
  g_autoptr (HallReply) other = make_reply (410, problem, PROBLEM ("something", ""));
  g_autoptr (GError)    error = NULL;
  g_autoptr (HallPage)  page = remote ()->read_page (gone, &error);
  g_autoptr (HallPage)  none = NULL;

  g_assert_no_error (error);
  g_assert_true (page->start_over);
  none = remote ()->read_page (other, &error);
  g_assert_null (none);
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
}

static void
test_row (void)
{
  g_autoptr (HallRequest) request = remote ()->ask_row (&hall_chat_kind, ID);
  g_autoptr (HallReply)   there = make_reply (200, json, ROW (ID));
  g_autoptr (HallReply)   missing = make_reply (404, problem, PROBLEM ("not-found", ""));
  g_autoptr (HallReply)   other = make_reply (200, json, ROW (OTHER));
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallNews)    news = NULL;
  g_autoptr (HallNews)    nothing = NULL;
  g_autoptr (HallNews)    wrong = NULL;

  g_assert_cmpstr (request->path, ==, "/v1/chats/" ID);

  hall_headers_set (there->headers, "ETag", "\"00ff\"");
  hall_headers_set (other->headers, "ETag", "\"00ff\"");
  news = remote ()->read_row (&hall_chat_kind, ID, there, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (news->mark, ==, "00ff");
  g_assert_cmpstr (((HallChat *) news->value)->slug, ==, "t");

  nothing = remote ()->read_row (&hall_chat_kind, ID, missing, &error);
  g_assert_no_error (error);
  g_assert_null (nothing->value);

  wrong = remote ()->read_row (&hall_chat_kind, ID, other, &error);
  g_assert_null (wrong);
  g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
}

static void
test_asked_operations (void)
{
  HallOperation           create = make_operation (HALL_OPERATION_CREATE);
  HallOperation           change = make_operation (HALL_OPERATION_CHANGE);
  HallOperation           removal = make_operation (HALL_OPERATION_REMOVE);
  g_autoptr (HallRequest) put = remote ()->ask_operation (&create);
  g_autoptr (HallRequest) patch = remote ()->ask_operation (&change);
  g_autoptr (HallRequest) delete = remote ()->ask_operation (&removal);

  g_assert_cmpstr (put->method, ==, "PUT");
  g_assert_cmpstr (put->path, ==, "/v1/chats/" ID);
  g_assert_cmpstr (hall_headers_get (put->headers, "If-None-Match"), ==, "*");
  g_assert_null (hall_headers_get (put->headers, "If-Match"));
  g_assert_cmpstr (hall_headers_get (put->headers, "Idempotency-Key"), ==, KEY);
  g_assert_cmpstr (hall_headers_get (put->headers, "Content-Type"), ==, json);
  g_assert_cmpmem (g_bytes_get_data (put->body, NULL), g_bytes_get_size (put->body), create.body, strlen (create.body));

  g_assert_cmpstr (patch->method, ==, "PATCH");
  g_assert_cmpstr (hall_headers_get (patch->headers, "If-Match"), ==, "\"00ff00ff00ff00ff\"");
  g_assert_null (hall_headers_get (patch->headers, "If-None-Match"));

  g_assert_cmpstr (delete->method, ==, "DELETE");
  g_assert_cmpstr (hall_headers_get (delete->headers, "If-Match"), ==, "\"00ff00ff00ff00ff\"");
  g_assert_cmpstr (hall_headers_get (delete->headers, "Idempotency-Key"), ==, KEY);
  g_assert_null (delete->body);
}

static void
test_bodies (void)
{
  g_autoptr (HallChat) before = hall_value_new (&hall_chat_kind, ID);
  g_autoptr (HallChat) after = NULL;
  g_autoptr (HallChat) created = NULL;
  g_autoptr (HallChat) changed = NULL;
  g_autoptr (GError)   error = NULL;
  g_autofree char     *whole = NULL;
  g_autofree char     *nothing = NULL;
  g_autofree char     *difference = NULL;
  HallOperation        create = make_operation (HALL_OPERATION_CREATE);
  HallOperation        change = make_operation (HALL_OPERATION_CHANGE);

  before->title = g_strdup ("A");
  before->slug = g_strdup ("a");
  before->wall = g_strdup ("2016-05-30T15:30");
  before->zone = g_strdup ("UTC");
  before->status = g_strdup ("scheduled");
  before->sign_up_url = g_strdup ("https://example.org/e/a");
  after = hall_value_copy (before);
  g_set_str (&after->account, "only here");
  g_set_str (&after->sign_up_url, "https://example.org/e/b");

  nothing = remote ()->write_body (before, after);
  g_assert_null (nothing);

  g_set_str (&after->title, "B");
  difference = remote ()->write_body (before, after);
  g_assert_cmpstr (difference, ==, "{\"title\":\"B\"}");
  whole = remote ()->write_body (NULL, after);
  g_assert_null (strstr (whole, "sign_up_url"));
  g_assert_null (strstr (whole, "only here"));

  create.body = whole;
  created = remote ()->read_body (&create, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (created->title, ==, "B");
  change.body = difference;
  changed = remote ()->read_body (&change, before, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed->title, ==, "B");
  g_assert_cmpstr (changed->slug, ==, "a");
}

static const struct {
  HallOperationVerb verb;
  guint             status;
  const char       *body;
  const char       *etag;
  HallVerdictKind   kind;
  const char       *mark; /* absent when the row is gone, or there is none */
} verdicts[] = {
  { HALL_OPERATION_CREATE, 201, ROW (ID), "\"a1\"", HALL_VERDICT_TAKEN, "a1" },
  { HALL_OPERATION_CREATE, 200, ROW (ID), "\"a1\"", HALL_VERDICT_TAKEN, "a1" },
  { HALL_OPERATION_CHANGE, 200, ROW (ID), "\"a1\"", HALL_VERDICT_TAKEN, "a1" },
  { HALL_OPERATION_REMOVE, 204, NULL, NULL, HALL_VERDICT_TAKEN, NULL },
  { HALL_OPERATION_REMOVE, 404, PROBLEM ("not-found", ""), NULL, HALL_VERDICT_TAKEN, NULL },
  { HALL_OPERATION_CHANGE, 404, PROBLEM ("not-found", ""), NULL, HALL_VERDICT_STALE, NULL },
  { HALL_OPERATION_CHANGE, 412, PROBLEM ("stale", ",\"current\":" ROW (ID) ",\"mark\":\"b2\""), NULL, HALL_VERDICT_STALE, "b2" },
  { HALL_OPERATION_CHANGE, 412, PROBLEM ("stale", ",\"deleted\":true"), NULL, HALL_VERDICT_STALE, NULL },
  { HALL_OPERATION_REMOVE, 412, PROBLEM ("stale", ",\"current\":" ROW (ID) ",\"mark\":\"b2\""), NULL, HALL_VERDICT_STALE, "b2" },
  { HALL_OPERATION_CREATE, 409, PROBLEM ("attendee-exists", ",\"current\":" ROW (OTHER) ",\"mark\":\"b2\""), NULL, HALL_VERDICT_EXISTS, "b2" },
  { HALL_OPERATION_CREATE, 409, PROBLEM ("slug-taken", ""), NULL, HALL_VERDICT_REFUSED, NULL },
  { HALL_OPERATION_CREATE, 409, PROBLEM ("id-taken", ""), NULL, HALL_VERDICT_REFUSED, NULL },
  { HALL_OPERATION_CHANGE, 403, PROBLEM ("forbidden", ""), NULL, HALL_VERDICT_REFUSED, NULL },
  { HALL_OPERATION_CHANGE, 413, PROBLEM ("too-large", ""), NULL, HALL_VERDICT_REFUSED, NULL },
  { HALL_OPERATION_CHANGE, 422, PROBLEM ("invalid", ",\"errors\":[{\"pointer\":\"/title\",\"detail\":\"too long\"}]"), NULL, HALL_VERDICT_REFUSED, NULL },
  { HALL_OPERATION_CREATE, 424, PROBLEM ("parent-missing", ""), NULL, HALL_VERDICT_ORPHAN, NULL },
  { HALL_OPERATION_CREATE, 418, "{}", NULL, HALL_VERDICT_REFUSED, NULL },
};

/* A proxy before the service finds it too large: that parks this one, and is no portal that ends everything. */
static void
test_too_large_for_proxy (void)
{
  HallOperation           operation = make_operation (HALL_OPERATION_CHANGE);
  g_autoptr (HallReply)   reply = make_reply (413, "text/html", "<h1>413 Request Entity Too Large</h1>");
  g_autoptr (GError)      error = NULL;
  g_autoptr (HallVerdict) verdict = remote ()->read_verdict (&operation, reply, &error);

  g_assert_no_error (error);
  g_assert_cmpint (verdict->kind, ==, HALL_VERDICT_REFUSED);
}

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    HallOperation           operation = make_operation (verdicts[i].verb);
    g_autoptr (HallReply)   reply = make_reply (verdicts[i].status, verdicts[i].status < 400 ? json : problem, verdicts[i].body);
    g_autoptr (GError)      error = NULL;
    g_autoptr (HallVerdict) verdict = NULL;

    g_test_message ("%u %s", verdicts[i].status, verdicts[i].body);
    if (verdicts[i].etag != NULL)
      hall_headers_set (reply->headers, "ETag", verdicts[i].etag);
    verdict = remote ()->read_verdict (&operation, reply, &error);

    g_assert_no_error (error);
    g_assert_cmpint (verdict->kind, ==, verdicts[i].kind);
    if (verdict->kind == HALL_VERDICT_REFUSED || verdict->kind == HALL_VERDICT_ORPHAN) {
      g_assert_true (verdict->reason[0] != '\0');
      g_assert_null (verdict->news);
    } else {
      g_assert_cmpstr (verdict->news->mark, ==, verdicts[i].mark);
      g_assert_true ((verdict->news->value != NULL) == (verdicts[i].mark != NULL));
      g_assert_cmpstr (verdict->news->id, ==, verdict->kind == HALL_VERDICT_EXISTS ? OTHER : ID);
    }
  }
}

static void
test_reason_quotes_the_service (void)
{
  g_autofree char        *long_words = g_strnfill (5000, 'x');
  g_autofree char        *body = g_strconcat (PROBLEM ("invalid", ",\"errors\":[{\"pointer\":\"/title\",\"detail\":\"one\\ntwo "), NULL);
  g_autofree char        *whole = NULL;
  HallOperation           change = make_operation (HALL_OPERATION_CHANGE);
  g_autoptr (HallReply)   reply = NULL;
  g_autoptr (HallVerdict) verdict = NULL;

  body[strlen (body) - 1] = '\0';
  whole = g_strconcat (body, long_words, "\"}]}", NULL);
  reply = make_reply (422, problem, whole);
  verdict = remote ()->read_verdict (&change, reply, NULL);

  g_assert_nonnull (strstr (verdict->reason, "one two xxx"));
  g_assert_null (strchr (verdict->reason, '\n'));
  g_assert_cmpuint (strlen (verdict->reason), <, 300);
}

/* What cannot be read leaves open what happened, so it must pass for neither a success nor a refusal. */
static void
test_unreadable (void)
{
  static const struct {
    guint       status;
    const char *body;
    const char *etag;
  } replies[] = {
    { 200, ROW (ID), NULL },
    { 200, ROW (ID), "\"\"" },
    { 200, ROW (ID), "a1" },
    { 200, ROW (ID), "\"\xff\xfe\"" },
    { 200, ROW (ID), "\"a\tb\"" },
    { 200, ROW (OTHER), "\"a1\"" },
    { 200, "{\"id\":\"" ID "\",\"title\":5}", "\"a1\"" },
    { 202, ROW (ID), "\"a1\"" },
    { 412, PROBLEM ("stale", ",\"current\":" ROW (OTHER) ",\"mark\":\"b2\""), NULL },
    { 412, PROBLEM ("stale", ",\"current\":" ROW (ID)), NULL },
    { 409, PROBLEM ("attendee-exists", ""), NULL },
  };
  HallOperation change = make_operation (HALL_OPERATION_CHANGE);

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++) {
    g_autoptr (HallReply)   reply = make_reply (replies[i].status, replies[i].status < 400 ? json : problem, replies[i].body);
    g_autoptr (GError)      error = NULL;
    g_autoptr (HallVerdict) verdict = NULL;

    if (replies[i].etag != NULL)
      hall_headers_set (reply->headers, "ETag", replies[i].etag);
    verdict = remote ()->read_verdict (&change, reply, &error);
    g_assert_null (verdict);
    g_assert_error (error, HALL_SYNC_ERROR, HALL_SYNC_ERROR_NONSENSE);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/remote-hallway/faults", test_faults);
  g_test_add_func ("/sync/remote-hallway/session", test_session);
  g_test_add_func ("/sync/remote-hallway/page", test_page);
  g_test_add_func ("/sync/remote-hallway/bad-pages", test_bad_pages);
  g_test_add_func ("/sync/remote-hallway/start-over", test_start_over);
  g_test_add_func ("/sync/remote-hallway/row", test_row);
  g_test_add_func ("/sync/remote-hallway/asked-operations", test_asked_operations);
  g_test_add_func ("/sync/remote-hallway/bodies", test_bodies);
  g_test_add_func ("/sync/remote-hallway/verdicts", test_verdicts);
  g_test_add_func ("/sync/remote-hallway/too-large-for-proxy", test_too_large_for_proxy);
  g_test_add_func ("/sync/remote-hallway/reason-quotes-the-service", test_reason_quotes_the_service);
  g_test_add_func ("/sync/remote-hallway/unreadable", test_unreadable);

  return g_test_run ();
}
