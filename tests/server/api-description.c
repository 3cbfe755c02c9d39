/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finding the operation, and checking parameters, bodies, statuses and headers one by one. */
#include "api-description.h"

#include "server/hall-server-files.h"

#include "json-schema.h"

#include <string.h>

struct _ApiDescription {
  yyjson_doc  *doc;
  JsonSchemas  schemas;
};

/* One exchange on its way through the checks. */
typedef struct {
  ApiDescription    *description;
  const HallRequest *request;
  const HallReply   *reply;
  GPtrArray         *complaints;
  yyjson_val        *item;      /* of the path */
  yyjson_val        *operation;
  char              *pointer;   /* to the operation */
} Exchange;

static void
clear_exchange (Exchange *exchange)
{
  g_free (exchange->pointer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, clear_exchange)

static void
complain (Exchange   *exchange,
          const char *what,
          const char *about)
{
  g_ptr_array_add (exchange->complaints,
                   g_strdup_printf ("%s %s %u: %s: %s", exchange->request->method, exchange->request->path,
                                    exchange->reply->status, about, what));
}

static void
see (ApiDescription *self,
     const char     *pointer)
{
  g_hash_table_add (self->schemas.seen, g_strdup (pointer));
}

static gboolean
is_success (const Exchange *exchange)
{
  return exchange->reply->status < 300;
}

/* A slash within a part of a JSON pointer (RFC 6901). */
static char *
escape (const char *part)
{
  g_autoptr (GString) escaped = g_string_new (part);

  g_string_replace (escaped, "~", "~0", 0);
  g_string_replace (escaped, "/", "~1", 0);

  return g_string_free_and_steal (g_steal_pointer (&escaped));
}

static char *
find_segment (const char *template,
              const char *path,
              const char *name)
{
  g_auto (GStrv)   wanted = g_strsplit (template, "/", -1);
  g_auto (GStrv)   parts = g_strsplit (path, "/", -1);
  g_autofree char *braced = g_strdup_printf ("{%s}", name);

  for (guint i = 0; wanted[i] != NULL; i++)
    if (strcmp (wanted[i], braced) == 0)
      return g_strdup (parts[i]);

  return NULL;
}

static gboolean
is_value_good (ApiDescription *self,
               yyjson_val     *parameter,
               const char     *pointer,
               const char     *text,
               char          **why)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_doc                *value;
  g_autofree char           *schema = g_strconcat (pointer, "/schema", NULL);
  gboolean                   is_good;

  yyjson_mut_doc_set_root (doc, yyjson_mut_str (doc, text));
  value = yyjson_mut_doc_imut_copy (doc, NULL);
  is_good = json_schema_check (&self->schemas, yyjson_obj_get (parameter, "schema"), schema, yyjson_doc_get_root (value), why);
  yyjson_doc_free (value);

  return is_good;
}

/* Whether a path is one of a template, with parameters that keep their rules: otherwise it is another path. */
static gboolean
matches (ApiDescription *self,
         const char     *template,
         yyjson_val     *item,
         const char     *path)
{
  g_auto (GStrv)  wanted = g_strsplit (template, "/", -1);
  g_auto (GStrv)  parts = g_strsplit (path, "/", -1);
  yyjson_val     *parameters = yyjson_obj_get (item, "parameters");

  if (g_strv_length (wanted) != g_strv_length (parts))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (wanted[i][0] != '{' && strcmp (wanted[i], parts[i]) != 0)
      return FALSE;

  for (gsize i = 0; i < yyjson_arr_size (parameters); i++) {
    g_autofree char *pointer = NULL;
    yyjson_val      *parameter = json_schema_follow (&self->schemas, yyjson_arr_get (parameters, i), &pointer);
    g_autofree char *segment = find_segment (template, path, yyjson_get_str (yyjson_obj_get (parameter, "name")));

    if (segment == NULL || !is_value_good (self, parameter, pointer, segment, NULL))
      return FALSE;
    see (self, pointer);
  }

  return TRUE;
}

static void
find_operation (Exchange *exchange)
{
  yyjson_obj_iter  paths = yyjson_obj_iter_with (yyjson_obj_get (exchange->description->schemas.root, "paths"));
  g_autofree char *method = g_ascii_strdown (exchange->request->method, -1);
  yyjson_val      *template;

  if (strcmp (method, "head") == 0)
    g_set_str (&method, "get");

  while ((template = yyjson_obj_iter_next (&paths)) != NULL) {
    yyjson_val      *item = yyjson_obj_iter_get_val (template);
    g_autofree char *part = escape (yyjson_get_str (template));

    if (!matches (exchange->description, yyjson_get_str (template), item, exchange->request->path))
      continue;

    exchange->item = item;
    exchange->operation = yyjson_obj_get (item, method);
    exchange->pointer = g_strdup_printf ("/paths/%s/%s", part, method);
    return;
  }
}

static char *
find_value (const Exchange *exchange,
            const char     *place,
            const char     *name)
{
  g_autoptr (GHashTable) query = NULL;

  if (strcmp (place, "header") == 0)
    return g_strdup (hall_headers_get (exchange->request->headers, name));
  if (strcmp (place, "query") != 0 || exchange->request->query == NULL)
    return NULL;

  query = g_uri_parse_params (exchange->request->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  return query != NULL ? g_strdup (g_hash_table_lookup (query, name)) : NULL;
}

/* What was sent and taken must be described, and as it is described. */
static void
check_parameters (Exchange *exchange)
{
  g_autoptr (GHashTable) described = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) query = NULL;
  yyjson_val            *parameters = yyjson_obj_get (exchange->operation, "parameters");
  GHashTableIter         iter;
  gpointer               sent;

  for (gsize i = 0; i < yyjson_arr_size (parameters); i++) {
    g_autofree char *pointer = NULL;
    g_autofree char *why = NULL;
    yyjson_val      *parameter = json_schema_follow (&exchange->description->schemas, yyjson_arr_get (parameters, i), &pointer);
    const char      *name = yyjson_get_str (yyjson_obj_get (parameter, "name"));
    g_autofree char *value = find_value (exchange, yyjson_get_str (yyjson_obj_get (parameter, "in")), name);

    g_hash_table_add (described, g_ascii_strdown (name, -1));
    if (value == NULL && yyjson_is_true (yyjson_obj_get (parameter, "required")))
      complain (exchange, "is said to be needed", name);
    if (value == NULL)
      continue;
    if (is_value_good (exchange->description, parameter, pointer, value, &why))
      see (exchange->description, pointer);
    else
      complain (exchange, why, name);
  }

  for (guint i = 0; i < hall_headers_count (exchange->request->headers); i++) {
    const char      *name, *value;
    g_autofree char *lower = NULL;

    hall_headers_nth (exchange->request->headers, i, &name, &value);
    lower = g_ascii_strdown (name, -1);
    if (strcmp (lower, "authorization") != 0 && strcmp (lower, "content-type") != 0 && !g_hash_table_contains (described, lower))
      complain (exchange, "a header that is not described", name);
  }

  if (exchange->request->query == NULL)
    return;
  query = g_uri_parse_params (exchange->request->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &sent, NULL))
    if (!g_hash_table_contains (described, sent))
      complain (exchange, "a parameter that is not described", sent);
}

static yyjson_doc *
read_body (GBytes *body)
{
  gsize       length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  return length > 0 ? yyjson_read (text, length, YYJSON_READ_NOFLAG) : NULL;
}

static void
check_request_body (Exchange *exchange)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autofree char       *pointer = g_strconcat (exchange->pointer, "/requestBody/content/application~1json/schema", NULL);
  g_autofree char       *why = NULL;
  yyjson_val            *schema = yyjson_ptr_get (exchange->description->schemas.root, pointer);
  yyjson_obj_iter        members;
  yyjson_val            *name;

  if (schema == NULL)
    return;
  doc = read_body (exchange->request->body);
  if (doc == NULL) {
    complain (exchange, "is said to be needed", "the body");
    return;
  }
  if (!json_schema_check (&exchange->description->schemas, schema, pointer, yyjson_doc_get_root (doc), &why))
    complain (exchange, why, "the body that was sent");

  members = yyjson_obj_iter_with (yyjson_doc_get_root (doc));
  while ((name = yyjson_obj_iter_next (&members)) != NULL)
    if (!json_schema_declares (&exchange->description->schemas, schema, yyjson_get_str (name)))
      complain (exchange, "a member that is not described", yyjson_get_str (name));
}

static void
check_headers (Exchange   *exchange,
               yyjson_val *response,
               const char *pointer)
{
  yyjson_val      *headers = yyjson_obj_get (response, "headers");
  yyjson_obj_iter  iter = yyjson_obj_iter_with (headers);
  yyjson_val      *described;

  for (guint i = 0; i < hall_headers_count (exchange->reply->headers); i++) {
    const char *name, *value;

    hall_headers_nth (exchange->reply->headers, i, &name, &value);
    if (strcmp (name, "Content-Type") != 0 && strcmp (name, "Content-Length") != 0 && yyjson_obj_get (headers, name) == NULL)
      complain (exchange, "a header that is not described", name);
  }

  while ((described = yyjson_obj_iter_next (&iter)) != NULL) {
    const char      *name = yyjson_get_str (described);
    g_autofree char *below = g_strdup_printf ("%s/headers/%s", pointer, name);
    g_autofree char *at = g_strdup (below);
    g_autofree char *why = NULL;
    yyjson_val      *header = json_schema_follow (&exchange->description->schemas, yyjson_obj_iter_get_val (described), &at);
    const char      *value = hall_headers_get (exchange->reply->headers, name);

    if (value == NULL && yyjson_is_true (yyjson_obj_get (header, "required")))
      complain (exchange, "is said to be always there", name);
    if (value == NULL)
      continue;
    if (!is_value_good (exchange->description, header, at, value, &why))
      complain (exchange, why, name);
    see (exchange->description, below);
    see (exchange->description, at);
  }
}

static void
check_reply_body (Exchange   *exchange,
                  yyjson_val *response,
                  const char *pointer)
{
  g_autoptr (yyjson_doc) doc = read_body (exchange->reply->body);
  const char            *type = hall_headers_get (exchange->reply->headers, "Content-Type");
  yyjson_val            *content = yyjson_obj_get (response, "content");
  yyjson_val            *media = type != NULL ? yyjson_obj_get (content, type) : NULL;
  g_autofree char       *part = type != NULL ? escape (type) : NULL;
  g_autofree char       *schema = g_strdup_printf ("%s/content/%s/schema", pointer, part);
  g_autofree char       *why = NULL;

  if (content == NULL && type == NULL && doc == NULL)
    return;

  if (media == NULL)
    complain (exchange, "is not described, or not as this", "the body");
  else if (strcmp (exchange->request->method, "HEAD") == 0)
    g_assert_true (exchange->reply->body == NULL && hall_headers_get (exchange->reply->headers, "Content-Length") != NULL);
  else if (doc == NULL)
    complain (exchange, "is no JSON", "the body");
  else if (!json_schema_check (&exchange->description->schemas, yyjson_obj_get (media, "schema"), schema,
                               yyjson_doc_get_root (doc), &why))
    complain (exchange, why, "the body");
}

static void
check_response (Exchange   *exchange,
                yyjson_val *response,
                const char *pointer)
{
  g_autofree char *at = g_strdup (pointer);

  response = json_schema_follow (&exchange->description->schemas, response, &at);
  see (exchange->description, pointer);
  see (exchange->description, at);
  check_headers (exchange, response, at);
  check_reply_body (exchange, response, at);
}

/* The OpenAPI file as it is built into the desk. */
yyjson_doc *
api_description_load (void)
{
  g_autoptr (GBytes) file = g_resource_lookup_data (hall_server_get_resource (), "/hallwayd/openapi.json",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  yyjson_doc        *doc = read_body (file);

  g_assert_nonnull (doc);
  return doc;
}

/* Takes @doc. */
ApiDescription *
api_description_new (yyjson_doc *doc)
{
  ApiDescription *self = g_new0 (ApiDescription, 1);

  self->doc = doc;
  self->schemas.root = yyjson_doc_get_root (doc);
  self->schemas.patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);
  self->schemas.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
api_description_free (ApiDescription *description)
{
  yyjson_doc_free (description->doc);
  g_hash_table_unref (description->schemas.patterns);
  g_hash_table_unref (description->schemas.seen);
  g_free (description);
}

/* Adds a sentence to @complaints for each thing that is not described, or not so. What is sent is looked at where
 * it was taken; a path or method that is not described must have been refused as such. */
void
api_description_check (ApiDescription    *description,
                       const HallRequest *request,
                       const HallReply   *reply,
                       GPtrArray         *complaints)
{
  g_auto (Exchange) exchange = { description, request, reply, complaints };
  g_autofree char  *pointer = NULL;
  yyjson_val       *response;

  find_operation (&exchange);
  if (exchange.operation == NULL) {
    if (is_success (&exchange) || (reply->status == 404 && exchange.item != NULL) || (reply->status == 405 && exchange.item == NULL))
      complain (&exchange, "is not described", "the operation");
    pointer = g_strdup_printf ("/components/responses/%u", reply->status);
  } else {
    see (description, exchange.pointer);
    if (is_success (&exchange)) {
      check_parameters (&exchange);
      check_request_body (&exchange);
    }
    pointer = g_strdup_printf ("%s/responses/%u", exchange.pointer, reply->status);
  }

  response = yyjson_ptr_get (description->schemas.root, pointer);
  if (response != NULL)
    check_response (&exchange, response, pointer);
  else
    complain (&exchange, "is not described", "the status");
}

static void
list_operations (ApiDescription *self,
                 GPtrArray      *pointers)
{
  yyjson_obj_iter paths = yyjson_obj_iter_with (yyjson_obj_get (self->schemas.root, "paths"));
  yyjson_val     *path, *method, *status;

  while ((path = yyjson_obj_iter_next (&paths)) != NULL) {
    yyjson_obj_iter  methods = yyjson_obj_iter_with (yyjson_obj_iter_get_val (path));
    g_autofree char *part = escape (yyjson_get_str (path));

    while ((method = yyjson_obj_iter_next (&methods)) != NULL) {
      yyjson_obj_iter statuses = yyjson_obj_iter_with (yyjson_obj_get (yyjson_obj_iter_get_val (method), "responses"));

      if (yyjson_equals_str (method, "parameters"))
        continue;
      g_ptr_array_add (pointers, g_strdup_printf ("/paths/%s/%s", part, yyjson_get_str (method)));
      while ((status = yyjson_obj_iter_next (&statuses)) != NULL)
        g_ptr_array_add (pointers, g_strdup_printf ("/paths/%s/%s/responses/%s", part, yyjson_get_str (method),
                                                    yyjson_get_str (status)));
    }
  }
}

static void
list_component (yyjson_val *component,
                const char *pointer,
                GPtrArray  *pointers)
{
  yyjson_obj_iter  headers = yyjson_obj_iter_with (yyjson_obj_get (component, "headers"));
  yyjson_obj_iter  content = yyjson_obj_iter_with (yyjson_obj_get (component, "content"));
  yyjson_val      *schema = yyjson_obj_get (component, "schema");
  yyjson_val      *name;

  while ((name = yyjson_obj_iter_next (&headers)) != NULL)
    g_ptr_array_add (pointers, g_strdup_printf ("%s/headers/%s", pointer, yyjson_get_str (name)));

  while ((name = yyjson_obj_iter_next (&content)) != NULL) {
    g_autofree char *type = escape (yyjson_get_str (name));
    g_autofree char *below = g_strdup_printf ("%s/content/%s/schema", pointer, type);

    json_schema_list (yyjson_obj_get (yyjson_obj_iter_get_val (name), "schema"), below, pointers);
  }

  if (schema != NULL) {
    g_autofree char *below = g_strconcat (pointer, "/schema", NULL);

    json_schema_list (schema, below, pointers);
  }
}

static void
list_components (ApiDescription *self,
                 GPtrArray      *pointers)
{
  static const char *const sorts[] = { "parameters", "headers", "responses", "schemas" };
  yyjson_val              *components = yyjson_obj_get (self->schemas.root, "components");
  yyjson_val              *name;

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++) {
    yyjson_obj_iter iter = yyjson_obj_iter_with (yyjson_obj_get (components, sorts[i]));

    while ((name = yyjson_obj_iter_next (&iter)) != NULL) {
      char *pointer = g_strdup_printf ("/components/%s/%s", sorts[i], yyjson_get_str (name));

      g_ptr_array_add (pointers, pointer);
      if (strcmp (sorts[i], "schemas") == 0)
        json_schema_list (yyjson_obj_iter_get_val (name), pointer, pointers);
      else
        list_component (yyjson_obj_iter_get_val (name), pointer, pointers);
    }
  }
}

/* Adds a sentence to @complaints for each route, status, header, parameter, field, choice and word that no exchange
 * has shown. */
void
api_description_list_unseen (ApiDescription *description,
                             GPtrArray      *complaints)
{
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);

  list_operations (description, pointers);
  list_components (description, pointers);
  for (guint i = 0; i < pointers->len; i++) {
    const char *pointer = g_ptr_array_index (pointers, i);

    if (!g_hash_table_contains (description->schemas.seen, pointer))
      g_ptr_array_add (complaints, g_strdup_printf ("%s was never seen", pointer));
  }
}
