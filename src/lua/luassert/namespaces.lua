-- What has been registered, by kind and name: { callback, name, positive_message, negative_message }.
return { assertion = {}, matcher = {}, modifier = {} }
