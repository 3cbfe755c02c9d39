/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON held against a schema (JSON Schema 2020-12, as much of it as openapi.json uses). */
#pragma once

#include "format/hall-json.h"

G_BEGIN_DECLS

typedef struct {
  yyjson_val *root;     /* of the document that "$ref" points into */
  GHashTable *patterns; /* text → GRegex, as they are met */
  GHashTable *seen;     /* pointers to members, choices and words of schemas that something was found to be */
} JsonSchemas;

yyjson_val *json_schema_follow   (JsonSchemas  *schemas,
                                  yyjson_val   *node,
                                  char        **pointer);
gboolean    json_schema_check    (JsonSchemas  *schemas,
                                  yyjson_val   *schema,
                                  const char   *pointer,
                                  yyjson_val   *value,
                                  char        **why);
gboolean    json_schema_declares (JsonSchemas  *schemas,
                                  yyjson_val   *schema,
                                  const char   *member);
void        json_schema_list     (yyjson_val   *schema,
                                  const char   *pointer,
                                  GPtrArray    *pointers);

G_END_DECLS
