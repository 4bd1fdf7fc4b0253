/* A Java object for each node of a document, in the pointer that libxml2 leaves to applications. */
#include "glue.h"
#include <libxml/parser.h>
#include <libxml/tree.h>

typedef void *(*visit)(const char *name, void *parent);

GLUE xmlDocPtr xml_parse(const char *text, int32_t bytes, visit made);
GLUE int32_t xml_sum(xmlDocPtr doc, const char *type_name);
GLUE void xml_free(xmlDocPtr doc);

/* Elements, and the text between them: others have no object. */
static int has_object(const xmlNode *node) {
  return node->type == XML_ELEMENT_NODE || node->type == XML_TEXT_NODE;
}

/* Called for each node that goes, whoever frees it. */
static void gone(xmlNodePtr node) {
  if (has_object(node) && node->_private) {
    glue_destroy_(node->_private);
    node->_private = NULL;
  }
}

static void dress(xmlNodePtr node, visit made) {
  for (; node; node = node->next) {
    if (has_object(node)) {
      node->_private = made((const char *)node->name, node->parent ? node->parent->_private : NULL);
      dress(node->children, made);
    }
  }
}

xmlDocPtr xml_parse(const char *text, int32_t bytes, visit made) {
  xmlDeregisterNodeDefault(gone);
  xmlThrDefDeregisterNodeDefault(gone);
  xmlDocPtr doc = xmlReadMemory(text, bytes, "test.xml", NULL, 0);
  if (doc)
    dress(xmlDocGetRootElement(doc), made);
  return doc;
}

static int32_t sum(xmlNodePtr node, hf_field age) {
  int32_t all = 0;
  for (; node; node = node->next)
    if (has_object(node))
      all += hf_get_i32(node->_private, age) + sum(node->children, age);
  return all;
}

/* Over the mirrors of all nodes' objects. */
int32_t xml_sum(xmlDocPtr doc, const char *type_name) {
  hf_field age = hf_field_find(hf_type_find(type_name), "age");
  return sum(xmlDocGetRootElement(doc), age);
}

void xml_free(xmlDocPtr doc) { xmlFreeDoc(doc); }
