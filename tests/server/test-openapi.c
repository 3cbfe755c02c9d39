/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every operation with every status it can have, asked of a real desk: its OpenAPI file describes all of that, and
 * nothing else. */
#include "desk-fixture.h"

#include "model/hall-kinds.h"

#include <string.h>

#define SERIES_ID   "01900000-0000-7000-8000-0000000000a1"
#define GUEST_ID    "01900000-0000-7000-8000-0000000000a2"
#define POST_ID     "01900000-0000-7000-8000-0000000000a3"
#define ATTENDEE_ID "01900000-0000-7000-8000-0000000000a4"
#define QUESTION_ID "01900000-0000-7000-8000-0000000000a5"
#define OTHER_ID    "01900000-0000-7000-8000-0000000000a6"
#define NOBODY_ID   "01900000-0000-7000-8000-0000000000ff"
#define FRESH_ID    "01900000-0000-7000-8000-0000000000b"
#define OLD_MARK    "\"0123456789abcdef\""

/* Of each kind a row with all its members, one that differs, what may be wrong with it, and its other words. */
typedef struct {
  const char *plural;
  const char *id;
  const char *members;   /* without the id */
  const char *other;     /* the same, but for one member */
  const char *invalid;   /* a change that breaks a rule */
  const char *orphan;    /* the same row, of a parent that is not there; or NULL */
  const char *estranged; /* a change that names a parent that is not there; or NULL */
  const char *words[3];  /* changes, in order */
} Sample;

static const Sample samples[] = {
  { "series", SERIES_ID,
    "\"title\":\"Weekly\",\"summary\":null,\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"duration\":60,\"rule\":\"FREQ=WEEKLY\"",
    "\"title\":\"Monthly\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\"", "{\"zone\":\"Mars\"}", NULL, NULL, { "{\"duration\":30}" } },
  { "chats", CHAT_ID,
    "\"series\":\"" SERIES_ID "\",\"occurrence\":\"2016-05-30T15:30\",\"title\":\"Live\",\"slug\":\"live\",\"summary\":\"x\","
    "\"wall\":\"2016-05-30T15:30\",\"fold\":0,\"zone\":\"UTC\",\"duration\":60,\"capacity\":1,\"status\":\"scheduled\",\"recording\":null",
    "\"title\":\"Dead\",\"slug\":\"live\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\"", "{\"slug\":\"No Slug\"}",
    "\"series\":\"" NOBODY_ID "\",\"title\":\"Live\",\"slug\":\"orphan\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\"",
    "{\"series\":\"" NOBODY_ID "\"}", { "{\"status\":\"cancelled\"}", "{\"status\":\"scheduled\",\"series\":null,\"occurrence\":null}" } },
  { "guests", GUEST_ID,
    "\"chat\":\"" CHAT_ID "\",\"name\":\"Grace\",\"bio\":null,\"address\":\"grace@example.org\",\"pronouns\":null,\"zone\":\"UTC\",\"status\":\"invited\"",
    "\"chat\":\"" CHAT_ID "\",\"name\":\"Hopper\",\"status\":\"invited\"", "{\"status\":\"late\"}",
    "\"chat\":\"" NOBODY_ID "\",\"name\":\"Grace\",\"status\":\"invited\"", NULL, { "{\"status\":\"confirmed\"}", "{\"status\":\"declined\"}" } },
  { "posts", POST_ID, "\"file_name\":\"a.markdown\",\"text\":\"Come.\",\"status\":\"draft\"", "\"file_name\":\"b.markdown\",\"status\":\"draft\"",
    "{\"status\":\"lost\"}", NULL, NULL, { "{\"status\":\"published\"}" } },
  { "attendees", ATTENDEE_ID,
    "\"chat\":\"" CHAT_ID "\",\"name\":\"Ada\",\"address\":\"Ada@example.org\",\"address_key\":\"x\",\"status\":\"going\",\"attended\":false,"
    "\"signed_up_at\":\"2016-05-23T10:00:00Z\"",
    "\"chat\":\"" CHAT_ID "\",\"name\":\"Eve\",\"address\":\"ada@example.org\",\"address_key\":\"x\",\"status\":\"going\"", "{\"address\":\"nowhere\"}",
    "\"chat\":\"" NOBODY_ID "\",\"name\":\"Ada\",\"address\":\"ada@example.org\",\"address_key\":\"x\",\"status\":\"going\"", NULL,
    { "{\"status\":\"waitlist\"}", "{\"status\":\"cancelled\",\"attended\":true}", "{\"status\":\"going\"}" } },
  { "questions", QUESTION_ID,
    "\"chat\":\"" CHAT_ID "\",\"attendee\":\"" ATTENDEE_ID "\",\"name\":\"Ada\",\"text\":\"Tea?\",\"status\":\"open\",\"asked_at\":\"2016-05-23T10:00:00Z\"",
    "\"chat\":\"" CHAT_ID "\",\"text\":\"Coffee?\",\"status\":\"open\"", "{\"text\":\"\"}",
    "\"chat\":\"" NOBODY_ID "\",\"text\":\"Tea?\",\"status\":\"open\"", "{\"attendee\":\"" NOBODY_ID "\"}",
    { "{\"status\":\"answered\"}", "{\"status\":\"skipped\",\"attendee\":null}" } },
};

/* One exchange, kept to be held against other descriptions. */
typedef struct {
  HallRequest *request;
  HallReply   *reply;
} Exchange;

typedef struct {
  DeskFixture desk;
  GPtrArray  *exchanges;
} Replay;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  hall_request_free (exchange->request);
  hall_reply_free (exchange->reply);
  g_free (exchange);
}

static void
keep (Replay      *replay,
      HallRequest *request,
      HallReply   *reply)
{
  Exchange *exchange = g_new (Exchange, 1);

  exchange->request = request;
  exchange->reply = reply;
  g_ptr_array_add (replay->exchanges, exchange);
}

/* As the server does it, down to what it says when the desk fails. A NULL name sets no header. */
static HallReply *
ask (Replay     *replay,
     const char *method,
     const char *target,
     const char *name,
     const char *value,
     const char *key,
     const char *body)
{
  DeskFixture       *desk = &replay->desk;
  HallRequest       *request = desk_fixture_request (desk, method, target, body);
  g_autoptr (GError) error = NULL;
  HallReply         *reply;

  if (name != NULL)
    hall_headers_set (request->headers, name, value);
  hall_headers_set (request->headers, "Idempotency-Key", key);

  g_assert_true (hall_database_begin (desk->db, NULL));
  reply = hall_desk_answer (desk->desk, desk->db, request, &error);
  if (reply != NULL) {
    g_assert_true (hall_database_commit (desk->db, NULL));
  } else {
    hall_database_rollback (desk->db);
    reply = hall_desk_fail (desk->desk, request, error);
  }
  keep (replay, request, reply);

  return reply;
}

static HallReply *
put (Replay     *replay,
     const char *path,
     const char *id,
     const char *members)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",%s}", id, members);
  g_autofree char *key = g_strdup_printf ("key-%u", ++replay->desk.keys);

  return ask (replay, "PUT", path, "If-None-Match", "*", key, body);
}

static HallReply *
patch (Replay     *replay,
       const char *path,
       const char *etag,
       const char *body)
{
  g_autofree char *key = g_strdup_printf ("key-%u", ++replay->desk.keys);

  return ask (replay, "PATCH", path, "If-Match", etag, key, body);
}

static HallReply *
delete (Replay     *replay,
        const char *path,
        const char *etag)
{
  g_autofree char *key = g_strdup_printf ("key-%u", ++replay->desk.keys);

  return ask (replay, "DELETE", path, "If-Match", etag, key, NULL);
}

static const char *
etag_of (Replay     *replay,
         const char *path)
{
  return reply_header (ask (replay, "GET", path, NULL, NULL, NULL, NULL), "ETag");
}

static char *
path_of (const Sample *sample,
         const char   *id)
{
  return g_strdup_printf ("/v1/%s/%s", sample->plural, id);
}

static void
make_all (Replay *replay)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *path = path_of (&samples[i], samples[i].id);

    g_assert_cmpuint (put (replay, path, samples[i].id, samples[i].members)->status, ==, 201);
  }
}

/* All that may become of a row of one kind, short of deleting it. */
static void
replay_rows (Replay *replay)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    const Sample    *sample = &samples[i];
    const Sample    *next = &samples[(i + 1) % G_N_ELEMENTS (samples)];
    g_autofree char *path = path_of (sample, sample->id);
    g_autofree char *nobody = path_of (sample, NOBODY_ID);
    g_autofree char *taken = path_of (sample, next->id);
    g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",%s}", sample->id, sample->members);

    ask (replay, "OPTIONS", path, NULL, NULL, NULL, NULL);
    ask (replay, "HEAD", path, NULL, NULL, NULL, NULL);
    ask (replay, "TRACE", path, NULL, NULL, NULL, NULL);
    ask (replay, "GET", nobody, NULL, NULL, NULL, NULL);

    put (replay, path, sample->id, sample->members);
    put (replay, path, sample->id, sample->other);
    put (replay, nobody, sample->id, sample->members);
    put (replay, taken, next->id, sample->members);
    ask (replay, "PUT", path, "If-None-Match", "*", NULL, body);
    ask (replay, "PUT", path, NULL, NULL, "unconditional", body);
    if (sample->orphan != NULL)
      put (replay, nobody, NOBODY_ID, sample->orphan);

    ask (replay, "PATCH", path, "If-Match", OLD_MARK, NULL, "{}");
    ask (replay, "PATCH", path, NULL, NULL, "unconditional", "{}");
    patch (replay, nobody, OLD_MARK, "{}");
    patch (replay, path, etag_of (replay, path), "{");
    patch (replay, path, etag_of (replay, path), sample->invalid);
    if (sample->estranged != NULL)
      patch (replay, path, etag_of (replay, path), sample->estranged);
    for (guint j = 0; j < G_N_ELEMENTS (sample->words) && sample->words[j] != NULL; j++) {
      patch (replay, path, OLD_MARK, sample->words[j]);
      g_assert_cmpuint (patch (replay, path, etag_of (replay, path), sample->words[j])->status, ==, 200);
    }

    ask (replay, "DELETE", path, "If-Match", OLD_MARK, NULL, NULL);
    ask (replay, "DELETE", path, NULL, NULL, "unconditional", NULL);
    delete (replay, nobody, OLD_MARK);
    delete (replay, path, OLD_MARK);
    ask (replay, "PUT", path, "If-None-Match", "*", "key-1", body);
    ask (replay, "PATCH", path, "If-Match", OLD_MARK, "key-1", "{}");
    ask (replay, "DELETE", path, "If-Match", OLD_MARK, "key-1", NULL);
  }
}

/* One slug for each chat, one sign-up for each chat and address. */
static void
replay_unique (Replay *replay)
{
  g_autofree char *first = path_of (&samples[1], CHAT_ID);
  g_autofree char *second = path_of (&samples[1], OTHER_ID);
  g_autofree char *ada = path_of (&samples[4], ATTENDEE_ID);
  g_autofree char *eve = path_of (&samples[4], OTHER_ID);
  g_autofree char *eve_there = path_of (&samples[4], NOBODY_ID);

  put (replay, second, OTHER_ID, samples[1].members);
  put (replay, second, OTHER_ID, "\"title\":\"x\",\"slug\":\"other\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\"");
  patch (replay, second, etag_of (replay, second), "{\"slug\":\"live\"}");
  delete (replay, second, etag_of (replay, second));

  put (replay, eve_there, NOBODY_ID, samples[4].members);
  put (replay, eve_there, NOBODY_ID,
       "\"chat\":\"" CHAT_ID "\",\"name\":\"Eve\",\"address\":\"eve@example.org\",\"address_key\":\"x\",\"status\":\"going\"");
  patch (replay, eve_there, etag_of (replay, eve_there), "{\"address\":\"ada@example.org\"}");
  delete (replay, eve_there, etag_of (replay, eve_there));
  g_assert_nonnull (etag_of (replay, first));
  g_assert_nonnull (etag_of (replay, ada));
  put (replay, eve, OTHER_ID, samples[4].members);
}

static void
replay_removals (Replay *replay)
{
  for (guint i = G_N_ELEMENTS (samples); i-- > 0;) {
    g_autofree char *path = path_of (&samples[i], samples[i].id);

    g_assert_cmpuint (delete (replay, path, etag_of (replay, path))->status, ==, 204);
    patch (replay, path, OLD_MARK, "{}");
  }
}

/* Whoever is erased leaves tombstones of another sort. */
static void
replay_erasures (Replay *replay)
{
  static const char *const bodies[] = { "{\"address\":\"ADA@example.org\"}", "{\"address\":\"nowhere\"}", "{" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    ask (replay, "POST", "/v1/erasures", NULL, NULL, "erasure", bodies[i]);
  ask (replay, "GET", "/v1/changes", NULL, NULL, NULL, NULL);
}

static const char *
text_of (HallReply  *reply,
         const char *member,
         char      **text)
{
  g_autoptr (yyjson_doc) doc = reply_json (reply);

  g_set_str (text, yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), member)));
  return *text;
}

static void
replay_pages (Replay *replay)
{
  g_autofree char *next = NULL;
  g_autofree char *target = NULL;
  HallReply       *page = ask (replay, "GET", "/v1/changes?limit=2", NULL, NULL, NULL, NULL);

  target = g_strdup_printf ("/v1/changes?since=%s", text_of (page, "next", &next));
  ask (replay, "GET", target, NULL, NULL, NULL, NULL);

  ask (replay, "GET", "/v1/changes", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/changes?limit=0", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/changes?since=1000-0123456789abcdef", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/snapshot?limit=0", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/snapshot?after=1000-0123456789abcdef.0", NULL, NULL, NULL, NULL);

  /* A tombstone that is ninety days old is forgotten, and a cursor before it with it. */
  page = ask (replay, "GET", "/v1/changes?limit=1", NULL, NULL, NULL, NULL);
  g_free (target);
  target = g_strdup_printf ("/v1/changes?since=%s", text_of (page, "next", &next));
  replay->desk.now += 91 * G_TIME_SPAN_DAY;
  g_assert_true (hall_database_begin (replay->desk.db, NULL));
  g_assert_true (hall_desk_prune (replay->desk.desk, replay->desk.db, NULL));
  g_assert_true (hall_database_commit (replay->desk.db, NULL));
  g_assert_cmpuint (ask (replay, "GET", target, NULL, NULL, NULL, NULL)->status, ==, 410);
}

static void
replay_snapshot (Replay *replay)
{
  HallReply       *page = ask (replay, "GET", "/v1/snapshot?limit=2", NULL, NULL, NULL, NULL);
  g_autofree char *next = NULL;
  g_autofree char *target = g_strdup_printf ("/v1/snapshot?after=%s", text_of (page, "next", &next));

  g_assert_cmpuint (ask (replay, "GET", target, NULL, NULL, NULL, NULL)->status, ==, 200);
}

static void
set_token (Replay     *replay,
           const char *scope)
{
  DeskFixture *desk = &replay->desk;

  g_assert_true (hall_database_begin (desk->db, NULL));
  g_free (desk->token);
  desk->token = hall_desk_add_token_for (desk->desk, desk->db, scope, scope, NULL);
  g_assert_true (hall_database_commit (desk->db, NULL));
}

static void
replay_sessions (Replay *replay)
{
  static const char *const scopes[] = { "check-in", "read" };
  static const char *const paths[] = { "/v1/session", "/v1/changes", "/v1/snapshot", "/v1/batch", "/v1/erasures", "/v1/openapi.json" };
  g_autofree char         *host = g_strdup (replay->desk.token);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    ask (replay, "OPTIONS", paths[i], NULL, NULL, NULL, NULL);
    ask (replay, "HEAD", paths[i], NULL, NULL, NULL, NULL);
    ask (replay, "PATCH", paths[i], NULL, NULL, NULL, NULL);
  }
  ask (replay, "GET", "/v1/session", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/openapi.json", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/rooms", NULL, NULL, NULL, NULL);
  ask (replay, "GET", "/v1/chats/live", NULL, NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++) {
    set_token (replay, scopes[i]);
    ask (replay, "GET", "/v1/session", NULL, NULL, NULL, NULL);
  }
  ask (replay, "POST", "/v1/batch", NULL, NULL, NULL,
       "{\"operations\":[{\"method\":\"DELETE\",\"path\":\"/v1/chats/" CHAT_ID "\",\"key\":\"a\",\"if_match\":" "\"x\"" "}]}");
  g_set_str (&replay->desk.token, host);
}

#define CREATE(plural, id, key, row) \
  "{\"method\":\"PUT\",\"path\":\"/v1/" plural "/" id "\",\"key\":\"" key "\",\"if_none_match\":\"*\",\"body\":{\"id\":\"" id "\"," row "}}"
#define POST(id, key, status) CREATE ("posts", id, key, "\"file_name\":\"a\",\"status\":\"" status "\"")
#define CHANGE(path, key, if_match, body) \
  "{\"method\":\"PATCH\",\"path\":\"/v1/" path "\",\"key\":\"" key "\",\"if_match\":" if_match ",\"body\":" body "}"
#define SIGN_UP(id, key) \
  CREATE ("attendees", id, key, "\"chat\":\"" CHAT_ID "\",\"name\":\"A\",\"address\":\"a@example.org\",\"address_key\":\"x\",\"status\":\"going\"")

/* Every answer that can stand in a batch, and what a batch as a whole can get. */
static void
replay_batches (Replay *replay)
{
  g_autofree char    *text = g_strnfill (1000000, 'x');
  g_autoptr (GString) many = g_string_new ("{\"operations\":[" POST (POST_ID, "many", "draft"));
  g_autoptr (GString) large = g_string_new ("{\"operations\":[");
  const char         *x = NULL;

  ask (replay, "POST", "/v1/batch", x, x, x,
       "{\"operations\":[" CREATE ("chats", CHAT_ID, "b1", "\"title\":\"x\",\"slug\":\"live\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\"") ","
       POST (POST_ID, "b2", "draft") "," POST (OTHER_ID, "b3", "lost") "," CHANGE ("posts/" OTHER_ID, "b4", "\"x\"", "{}") ","
       CHANGE ("posts/" POST_ID, "b5", "null", "{}") "," CHANGE ("chats/" CHAT_ID, "b2", "\"x\"", "{}") ","
       "{\"method\":\"GET\",\"path\":\"/v1/posts/" POST_ID "\",\"key\":\"b6\",\"body\":null},"
       "{\"method\":\"PUT\",\"path\":\"/v1/rooms\",\"key\":\"b7\"}]}");
  ask (replay, "POST", "/v1/batch", x, x, x,
       "{\"operations\":[" CHANGE ("posts/" POST_ID, "c1", "\"x\"", "{\"file_name\":\"b\"}") "]}");
  ask (replay, "POST", "/v1/batch", x, x, x, "{\"operations\":[" CHANGE ("posts/" POST_ID, "", "\"x\"", "{}") "]}");
  ask (replay, "POST", "/v1/batch", x, x, x, "{\"operations\":[" CHANGE ("posts/" POST_ID, "c2", "\"x\"", "{\"file_name\":\"a\"}") "]}");
  ask (replay, "POST", "/v1/batch", x, x, x,
       "{\"operations\":[" CHANGE ("posts/" GUEST_ID, "c3", "\"x\"", "{\"file_name\":\"a\"}") ","
       CREATE ("guests", FRESH_ID "1", "c4", "\"chat\":\"" NOBODY_ID "\",\"name\":\"G\",\"status\":\"invited\"") ","
       SIGN_UP (ATTENDEE_ID, "c5") "," SIGN_UP (QUESTION_ID, "c6") ","
       CREATE ("chats", FRESH_ID "2", "c7", "\"title\":\"x\",\"slug\":\"live\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\",\"status\":\"scheduled\"") ","
       CREATE ("series", POST_ID, "c8", "\"title\":\"x\",\"wall\":\"2016-05-30T15:30\",\"zone\":\"UTC\"") "]}");
  {
    g_autofree char *etag = g_strndup (etag_of (replay, "/v1/attendees/" ATTENDEE_ID) + 1, 16);
    g_autofree char *body = g_strdup_printf ("{\"operations\":[{\"method\":\"DELETE\",\"path\":\"/v1/attendees/" ATTENDEE_ID "\",\"key\":\"d1\","
                                             "\"if_match\":\"\\\"%s\\\"\"}]}", etag);

    ask (replay, "POST", "/v1/batch", x, x, x, body);
    ask (replay, "POST", "/v1/batch", x, x, x, "{\"operations\":[" CHANGE ("attendees/" ATTENDEE_ID, "d2", "\"x\"", "{}") "]}");
  }

  ask (replay, "POST", "/v1/batch", x, x, x, "{}");
  for (guint i = 0; i < 100; i++)
    g_string_append (many, "," POST (POST_ID, "many", "draft"));
  g_string_append (many, "]}");
  g_assert_cmpuint (ask (replay, "POST", "/v1/batch", x, x, x, many->str)->status, ==, 413);

  for (guint i = 0; i < 6; i++) {
    g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-0000000001%02u", i);
    g_autofree char *path = g_strdup_printf ("/v1/posts/%s", id);
    g_autofree char *members = g_strdup_printf ("\"file_name\":\"a\",\"status\":\"draft\",\"text\":\"%s\"", text);

    put (replay, path, id, members);
    g_string_append_printf (large, "%s{\"method\":\"PATCH\",\"path\":\"%s\",\"key\":\"l%u\",\"if_match\":\"x\",\"body\":{\"status\":\"draft\"}}",
                            i > 0 ? "," : "", path, i);
  }
  g_string_append (large, "]}");
  ask (replay, "POST", "/v1/batch", x, x, x, large->str);

  g_assert_true (hall_database_script (replay->desk.db, "CREATE TRIGGER refuse BEFORE INSERT ON answers WHEN new.key = 'broken' "
                                                        "BEGIN SELECT raise (ABORT, 'broken'); END", NULL));
  ask (replay, "POST", "/v1/batch", x, x, x, "{\"operations\":[" SIGN_UP (OTHER_ID, "broken") "]}");
}

/* Each operation of the file, by whoever may not, too often, and where the server itself refuses it. */
static void
replay_refusals (Replay *replay)
{
  static const guint     statuses[] = { 408, 413, 431, 500, 507 };
  g_autoptr (yyjson_doc) doc = api_description_load ();
  g_autofree char       *host = g_strdup (replay->desk.token);

  for (guint round = 0; round < 4; round++) {
    yyjson_obj_iter paths = yyjson_obj_iter_with (yyjson_obj_get (yyjson_doc_get_root (doc), "paths"));
    yyjson_val     *path, *method;

    g_set_str (&replay->desk.token, round == 0 ? host : "hallway_guess");
    g_assert_true (hall_database_run (replay->desk.db, NULL, "UPDATE tokens SET scopes = 'hosting'", ""));

    while (round == 2 && ask (replay, "GET", "/v1/session", NULL, NULL, NULL, NULL)->status == 401)
      ;

    while ((path = yyjson_obj_iter_next (&paths)) != NULL) {
      yyjson_obj_iter     methods = yyjson_obj_iter_with (yyjson_obj_iter_get_val (path));
      g_autoptr (GString) target = g_string_new (yyjson_get_str (path));

      g_string_replace (target, "{id}", CHAT_ID, 0);
      while ((method = yyjson_obj_iter_next (&methods)) != NULL) {
        g_autofree char *upper = g_ascii_strup (yyjson_get_str (method), -1);

        if (strcmp (upper, "PARAMETERS") == 0)
          continue;
        if (round < 3)
          g_assert_cmpuint (ask (replay, upper, target->str, NULL, NULL, NULL, NULL)->status, ==,
                            round == 0 ? 403 : round == 1 ? 401 : 429);
        for (guint i = 0; round == 3 && i < G_N_ELEMENTS (statuses); i++) {
          HallRequest *request = hall_request_new (upper, target->str);

          keep (replay, request, hall_desk_refuse (replay->desk.desk, request, statuses[i]));
        }
      }
    }
  }
}

static void
set_up (Replay        *replay,
        gconstpointer  data)
{
  replay->exchanges = g_ptr_array_new_with_free_func (exchange_free);
  desk_fixture_set_up (&replay->desk, data);

  make_all (replay);
  replay_rows (replay);
  replay_unique (replay);
  replay_snapshot (replay);
  ask (replay, "GET", "/v1/changes", NULL, NULL, NULL, NULL);
  replay_removals (replay);
  replay_erasures (replay);
  replay_sessions (replay);
  replay_pages (replay);
  replay_batches (replay);
  replay_refusals (replay);
}

static void
tear_down (Replay        *replay,
           gconstpointer  data)
{
  desk_fixture_tear_down (&replay->desk, data);
  g_ptr_array_unref (replay->exchanges);
}

/* Takes @doc. */
static GPtrArray *
hold_against (Replay     *replay,
              yyjson_doc *doc)
{
  g_autoptr (ApiDescription) description = api_description_new (doc);
  GPtrArray                 *complaints = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < replay->exchanges->len; i++) {
    Exchange *exchange = g_ptr_array_index (replay->exchanges, i);

    api_description_check (description, exchange->request, exchange->reply, complaints);
  }
  api_description_list_unseen (description, complaints);

  return complaints;
}

static void
test_whole (Replay        *replay,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) complaints = hold_against (replay, api_description_load ());

  for (guint i = 0; i < complaints->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (complaints, i));
  g_test_message ("%u exchanges", replay->exchanges->len);
  g_assert_cmpuint (complaints->len, ==, 0);
}

/* A description that says too little or too much is found out, each time by one of those exchanges. */
static void
test_wrong (Replay        *replay,
            gconstpointer  data)
{
  static const char *const patches[] = {
    /* too little */
    "{\"op\":\"remove\",\"path\":\"/paths/~1v1~1snapshot\"}",
    "{\"op\":\"remove\",\"path\":\"/paths/~1v1~1posts~1{id}/delete\"}",
    "{\"op\":\"remove\",\"path\":\"/paths/~1v1~1chats~1{id}/patch/responses/412\"}",
    "{\"op\":\"remove\",\"path\":\"/paths/~1v1~1batch/options/responses/507\"}",
    "{\"op\":\"remove\",\"path\":\"/paths/~1v1~1changes/get/parameters/1\"}",
    "{\"op\":\"remove\",\"path\":\"/paths/~1v1~1guests~1{id}/put/parameters/0\"}",
    "{\"op\":\"remove\",\"path\":\"/components/responses/Chat/headers/ETag\"}",
    "{\"op\":\"remove\",\"path\":\"/components/responses/429/headers/Retry-After\"}",
    "{\"op\":\"remove\",\"path\":\"/components/responses/404/content\"}",
    "{\"op\":\"remove\",\"path\":\"/components/schemas/Changes/properties/remaining\"}",
    "{\"op\":\"remove\",\"path\":\"/components/schemas/ChatFields/properties/capacity\"}",
    "{\"op\":\"remove\",\"path\":\"/components/schemas/ResyncRequired/properties/because\"}",
    "{\"op\":\"remove\",\"path\":\"/components/schemas/AttendeeFields/properties/status/enum/1\"}",
    "{\"op\":\"remove\",\"path\":\"/components/schemas/AnyRow/anyOf/3\"}",
    "{\"op\":\"replace\",\"path\":\"/components/schemas/SlugTaken/properties/type/const\",\"value\":\"urn:hallway:problem:slug\"}",
    "{\"op\":\"replace\",\"path\":\"/components/schemas/AttendeeFields/properties/attended/type\",\"value\":\"integer\"}",
    "{\"op\":\"replace\",\"path\":\"/components/schemas/Changes/properties/changes/maxItems\",\"value\":2}",
    "{\"op\":\"replace\",\"path\":\"/components/headers/NoStore/schema/const\",\"value\":\"no-cache\"}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/Post/required/-\",\"value\":\"title\"}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/NewPost/required/-\",\"value\":\"title\"}",
    /* too much */
    "{\"op\":\"add\",\"path\":\"/paths/~1v1~1rooms\",\"value\":{\"get\":{\"summary\":\"x\",\"responses\":{}}}}",
    "{\"op\":\"add\",\"path\":\"/paths/~1v1~1session/delete\",\"value\":{\"summary\":\"x\",\"responses\":{}}}",
    "{\"op\":\"add\",\"path\":\"/paths/~1v1~1session/get/responses/410\",\"value\":{\"$ref\":\"#/components/responses/410\"}}",
    "{\"op\":\"add\",\"path\":\"/paths/~1v1~1posts~1{id}/put/responses/424\",\"value\":{\"$ref\":\"#/components/responses/424\"}}",
    "{\"op\":\"add\",\"path\":\"/components/responses/429/headers/X-Left\",\"value\":{\"schema\":{\"type\":\"string\"}}}",
    "{\"op\":\"add\",\"path\":\"/components/responses/Room\",\"value\":{\"description\":\"x\"}}",
    "{\"op\":\"add\",\"path\":\"/components/parameters/Page\",\"value\":{\"name\":\"page\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/ChatFields/properties/room\",\"value\":{\"type\":\"string\"}}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/BadRequest/properties/line\",\"value\":{\"type\":\"integer\"}}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/Operation/properties/at\",\"value\":{\"type\":\"string\"}}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/QuestionFields/properties/status/enum/-\",\"value\":\"merged\"}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/Refused/oneOf/-\",\"value\":{\"$ref\":\"#/components/schemas/TooSlow\"}}",
    "{\"op\":\"add\",\"path\":\"/components/schemas/Room\",\"value\":{\"type\":\"object\"}}",
  };
  g_autoptr (yyjson_doc) whole = api_description_load ();

  for (guint i = 0; i < G_N_ELEMENTS (patches); i++) {
    g_autofree char           *text = g_strdup_printf ("[%s]", patches[i]);
    g_autoptr (yyjson_doc)     change = yyjson_read (text, strlen (text), YYJSON_READ_NOFLAG);
    g_autoptr (yyjson_mut_doc) changed = yyjson_mut_doc_new (NULL);
    g_autoptr (GPtrArray)      complaints = NULL;
    yyjson_mut_val            *root = yyjson_patch (changed, yyjson_doc_get_root (whole), yyjson_doc_get_root (change), NULL);

    g_assert_nonnull (root);
    yyjson_mut_doc_set_root (changed, root);
    complaints = hold_against (replay, yyjson_mut_doc_imut_copy (changed, NULL));
    if (complaints->len == 0)
      g_error ("nobody noticed %s", patches[i]);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/server/openapi/whole", Replay, NULL, set_up, test_whole, tear_down);
  g_test_add ("/server/openapi/wrong", Replay, NULL, set_up, test_wrong, tear_down);

  return g_test_run ();
}
