/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must hold of a request on its way: the same key has the same bytes (12), nothing untouched is uploaded (19),
 * no address and no token where logs would have them (18), nobody is asked before the time they named (21). */
#include "world.h"

#include "format/hall-json.h"
#include "model/hall-kinds.h"

#include <string.h>

static SimRow *
find_row (SimLedger  *ledger,
          const char *path)
{
  g_auto (GStrv)  parts = g_strsplit (path, "/", 6); /* "", "v1", plural, id */
  const HallKind *kind = g_strv_length (parts) == 4 ? hall_kinds_from_plural (parts[2]) : NULL;

  return kind != NULL ? sim_ledger_row (ledger, kind, parts[3]) : NULL;
}

static guint64
hash_bytes (const HallRequest *request)
{
  const char *match = hall_headers_get (request->headers, "If-Match");
  gsize       length = 0;
  const char *body = request->body != NULL ? g_bytes_get_data (request->body, &length) : "";
  guint64     hash = sim_chance_hash (length, request->method);

  hash = sim_chance_hash (hash, request->path);
  hash = sim_chance_hash (hash, match != NULL ? match : "-");
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) body[i]) * G_GUINT64_CONSTANT (0x100000001b3);

  return hash;
}

/* Whoever removes a row lets go of it in all that can be without it, also in what comes later. */
static gboolean
lets_go (SimLedger       *ledger,
         const SimClient *client,
         const SimRow    *row,
         const HallField *field,
         yyjson_val      *member)
{
  const SimVersion *newest = sim_row_newest (row);
  const SimRow     *target;

  if (!yyjson_is_null (member) || newest == NULL ||
      (strcmp (field->name, "series") != 0 && strcmp (field->name, "attendee") != 0))
    return FALSE;

  target = sim_ledger_find (ledger, newest->fields.values[field - row->kind->fields]);
  return target == NULL || !target->copies[client->number].here;
}

static void
check_members (SimLedger         *ledger,
               const SimClient   *client,
               const SimRow      *row,
               const HallRequest *request)
{
  const SimCopy         *copy = &row->copies[client->number];
  gsize                  length;
  const char            *body = g_bytes_get_data (request->body, &length);
  g_autoptr (yyjson_doc) doc = hall_json_read (body, length, NULL);
  yyjson_obj_iter        members = yyjson_obj_iter_with (yyjson_doc_get_root (doc));
  yyjson_val            *member;

  while ((member = yyjson_obj_iter_next (&members)) != NULL) {
    const HallField *field = hall_kind_find_field (row->kind, yyjson_get_str (member));

    if (field != NULL && sim_field_is_watched (field) && (copy->touched & (1u << (field - row->kind->fields))) == 0 &&
        !lets_go (ledger, client, row, field, yyjson_obj_iter_get_val (member)))
      sim_ledger_break (ledger, 19, "client %d sends %s of %s, which its host never touched", client->number, field->name,
                        sim_short (row));
  }
}

static void
check_touched (SimLedger         *ledger,
               const SimClient   *client,
               const SimRow      *row,
               const HallRequest *request)
{
  const SimCopy *copy = &row->copies[client->number];

  /* What a restored desk forgot is offered again by whoever has it, and so is what was deleted along with a chat. */
  if (row->was_forgotten || sim_is_kept_with_chat (ledger, row, client->number))
    return;

  if (request->method[0] == 'D' ? copy->removed_at == 0 : copy->touched == 0)
    sim_ledger_break (ledger, 19, "client %d sends %s %s, which its host never touched", client->number,
                      request->method, sim_short (row));
  else if (strcmp (request->method, "PATCH") == 0 && request->body != NULL)
    check_members (ledger, client, row, request);
}

static void
check_spoken (SimLedger         *ledger,
              const HallRequest *request)
{
  if (strchr (request->path, '@') != NULL || (request->query != NULL && strchr (request->query, '@') != NULL) ||
      strstr (request->path, "hallway_") != NULL)
    sim_ledger_break (ledger, 18, "an address or a token is part of %s", request->path);
}

/* To be called for each request that leaves a client. */
void
sim_wire_note (SimWorld          *world,
               SimClient         *client,
               const HallRequest *request)
{
  SimLedger    *ledger = &world->ledger;
  const char   *key = hall_headers_get (request->headers, "Idempotency-Key");
  SimOperation *operation;
  SimRow       *row;
  guint64       bytes;

  client->n_requests++;
  check_spoken (ledger, request);
  if (client->moment.now >= client->asked_at && client->moment.now < client->asked_until)
    sim_ledger_break (ledger, 21, "client %d asks %s, but was told to wait", client->number, request->path);
  if (strcmp (request->method, "GET") == 0)
    return;

  client->n_writes++;
  row = find_row (ledger, request->path);
  if (row == NULL || key == NULL)
    return;

  bytes = hash_bytes (request);
  operation = g_hash_table_lookup (ledger->operations, key);
  if (operation == NULL) {
    operation = g_new0 (SimOperation, 1);
    operation->client = client->number;
    operation->row = row;
    operation->verb = request->method[1];
    operation->first_sent = ++ledger->tick;
    operation->n_revocations = ledger->n_revocations;
    operation->bytes = bytes;
    g_hash_table_insert (ledger->operations, (gpointer) sim_ledger_text (ledger, key), operation);
    check_touched (ledger, client, row, request);
  } else if (operation->bytes != bytes) {
    sim_ledger_break (ledger, 12, "client %d sends other bytes under the key of %s", client->number, sim_short (row));
  }
  operation->n_sent++;
}

/* To be called when a reply reaches its client whole. */
void
sim_wire_answered (SimWorld          *world,
                   const HallRequest *request,
                   const HallReply   *reply)
{
  const char   *key = hall_headers_get (request->headers, "Idempotency-Key");
  SimOperation *operation = key != NULL ? g_hash_table_lookup (world->ledger.operations, key) : NULL;

  if (operation != NULL && reply->status != 401 && reply->status != 408 && reply->status != 429 && reply->status < 500)
    operation->is_answered = TRUE;
}
