/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON texts from outside, read with limits; and JSON texts written in one form only. */
#pragma once

#include "format/hall-format-error.h"

#include <yyjson.h>

G_BEGIN_DECLS

#define HALL_JSON_DEEPEST 8                  /* objects and arrays in one another */
#define HALL_JSON_LARGEST (64 * 1024 * 1024) /* bytes */

yyjson_doc *hall_json_read  (const char     *text,
                             gssize          length,
                             GError        **error);
char       *hall_json_write (yyjson_mut_doc *doc);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_mut_doc, yyjson_mut_doc_free)

G_END_DECLS
