#ifndef PARSE_H
#define PARSE_H
#ifdef __cplusplus
extern "C" {
#endif
int parse(int argc);
#ifdef __cplusplus
}
#endif
#endif
