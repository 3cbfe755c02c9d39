/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked of a desk and what it answers, held against its OpenAPI file; and what of that file nobody has seen. */
#pragma once

#include "format/hall-exchange.h"
#include "format/hall-json.h"

G_BEGIN_DECLS

typedef struct _ApiDescription ApiDescription;

yyjson_doc     *api_description_load        (void);
ApiDescription *api_description_new         (yyjson_doc        *doc);
void            api_description_free        (ApiDescription    *description);
void            api_description_check       (ApiDescription    *description,
                                             const HallRequest *request,
                                             const HallReply   *reply,
                                             GPtrArray         *complaints);
void            api_description_list_unseen (ApiDescription    *description,
                                             GPtrArray         *complaints);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ApiDescription, api_description_free)

G_END_DECLS
